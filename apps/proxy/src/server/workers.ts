import cluster from 'node:cluster'

/** A worker that dies within this time of its start is not replaced at once. */
const QUICK_DEATH_MS = 5000
const PAUSE_MS = 1000
/** Given to workers beyond their grace, to deliver what callbacks hold. */
const LAST_WORDS_MS = 15_000

/**
 * Forks `count` processes that share the port, replaces one that dies, and passes signals on (a second one
 * ends them at once). Resolves with the exit code once all are gone.
 */
export function runWorkers(count: number, graceMs: number): Promise<number> {
  return new Promise((resolve) => {
    let stopping = false
    let gaveUp = false
    /** Workers in a row that died soon after their start. */
    let quickDeaths = 0
    const born = new Map<number, number>()
    const fork = (): void => {
      if (!stopping) born.set(cluster.fork().id, performance.now())
    }
    const tell = (signal: NodeJS.Signals): void => {
      for (const worker of Object.values(cluster.workers ?? {})) worker?.process.kill(signal)
    }
    const stop = (signal: NodeJS.Signals): void => {
      tell(stopping ? 'SIGKILL' : signal)
      if (stopping) return
      stopping = true
      setTimeout(() => tell('SIGKILL'), graceMs + LAST_WORDS_MS).unref()
      if (born.size === 0) resolve(gaveUp ? 1 : 0)
    }
    cluster.on('exit', (worker, code, signal) => {
      const quick = performance.now() - (born.get(worker.id) ?? 0) < QUICK_DEATH_MS
      born.delete(worker.id)
      if (!stopping) {
        quickDeaths = quick ? quickDeaths + 1 : 0
        // Workers that cannot even start will not start the next time either.
        if (quickDeaths >= Math.max(count, 2)) {
          gaveUp = true
          stop('SIGTERM')
        } else {
          console.error(`A worker ended (${signal ?? `code ${code}`}); starting another.`)
          if (quick) setTimeout(fork, PAUSE_MS)
          else fork()
        }
      }
      if (stopping && born.size === 0) resolve(gaveUp ? 1 : 0)
    })
    process.on('SIGTERM', stop)
    process.on('SIGINT', stop)
    for (let i = 0; i < count; i += 1) fork()
  })
}
