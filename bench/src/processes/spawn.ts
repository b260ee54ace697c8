import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { availableParallelism } from 'node:os'

/** A process under test, or one that serves it. */
export interface Running {
  readonly pid: number
  readonly port: number
  /** The key that the load brings, where it is not the master key. */
  readonly key?: string
  /** Milliseconds from spawn to the first 200. */
  readonly readyMs: number
  stop(): Promise<void>
}

const canPin = availableParallelism() > 1 && spawnSync('taskset', ['--version']).status === 0

/** How the processes are placed, for the report. */
export const placement = canPin ? 'target on core 0, mock and load on core 1' : 'not pinned (no taskset, or one core)'

/** Puts this process, with all its threads, on a core. */
export function pinSelf(core: number): void {
  if (canPin) spawnSync('taskset', ['--all-tasks', '--cpu-list', '--pid', String(core), String(process.pid)])
}

/** Starts `node ARGS` on a core and waits until `path` answers 200. */
export async function start(core: number, args: readonly string[], port: number, path: string, environment: Readonly<Record<string, string>> = {}): Promise<Running> {
  const [command, ...rest] = [...(canPin ? ['taskset', '--cpu-list', String(core)] : []), process.execPath, ...args] as [string, ...string[]]
  const startedAt = performance.now()
  // taskset replaces itself by node: the child's pid is node's.
  const child = spawn(command, rest, { stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, NODE_ENV: 'production', ...environment } })
  const complaints: Buffer[] = []
  child.stderr.on('data', (chunk: Buffer) => complaints.length < 50 && complaints.push(chunk))
  try {
    await untilReady(child, `http://127.0.0.1:${port}${path}`, startedAt + 15_000)
  } catch (error) {
    child.kill('SIGKILL')
    throw new Error(`node ${args.join(' ')}: ${(error as Error).message}\n${Buffer.concat(complaints).toString()}`, { cause: error })
  }
  const readyMs = performance.now() - startedAt
  return { pid: child.pid as number, port, readyMs, stop: () => stop(child) }
}

async function untilReady(child: ChildProcess, url: string, deadline: number): Promise<void> {
  let last = 'no answer'
  while (performance.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`ended with status ${child.exitCode} before it was ready`)
    last = await fetch(url).then(async (answer) => {
      await answer.arrayBuffer()
      return String(answer.status)
    }, (error: Error) => error.message)
    if (last === '200') return
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
  throw new Error(`${url} did not answer 200 in time (${last})`)
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  // A target that drains politely is not waited for.
  const impatient = setTimeout(() => child.kill('SIGKILL'), 1_000)
  await ended
  clearTimeout(impatient)
}
