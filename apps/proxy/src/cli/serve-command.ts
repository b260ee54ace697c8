import cluster from 'node:cluster'
import manifest from '../../package.json' with { type: 'json' }
import { compose } from '../compose/compose.ts'
import { ConfigError } from '../config/problems.ts'
import { HELLO_MODEL } from '../compose/without-config.ts'
import { createLog, type ProxyLog } from '../log.ts'
import { keptMasterKey } from '../server/master-key.ts'
import { serve } from '../server/serve.ts'
import { runWorkers } from '../server/workers.ts'
import type { ServeArguments } from './arguments.ts'

/** Serves until a signal ends it. Answers the exit code when it could not start, else keeps running. */
export async function serveCommand(options: ServeArguments, env: NodeJS.ProcessEnv): Promise<number | undefined> {
  if (options.workers > 1 && cluster.isPrimary) return runWorkers(options.workers, options.graceMs)
  const log = createLog(env['LITELLM_LOG'])
  try {
    const composition = await compose({ file: options.config, env, log, masterKey: () => keptMasterKey(options.dataDir), database: { choice: options.database, dataDir: options.dataDir } })
    for (const { path, message } of composition.warnings) log.warn({ path }, `config: ${path} ${message}`)
    // Without a database workers share nothing: a key made in the memory of one would be unknown to the others.
    const manages = composition.identity.durable || options.workers <= 1
    if (!manages) log.warn({ workers: options.workers }, 'without a database several workers share nothing: the /key, /team and /user routes are off. Use one worker, or a database')
    else if (!composition.identity.durable) log.warn({}, 'without a database keys, teams, users and what they spent are kept in memory: they do not survive a restart')
    if (options.workers > 1 && !composition.sharing) log.warn({ workers: options.workers }, `limits are not shared: each of ${options.workers} workers counts requests, tokens, calls in flight and budgets alone, so up to ${options.workers} times as much passes. Set REDIS_URL to share them`)
    const running = await serve({ composition, host: options.host, port: options.port, log, version: manifest.version, manages })
    if (cluster.isPrimary || cluster.worker?.id === 1) greet(options, running.port, composition, env)
    let stopping = false
    const stop = (signal: NodeJS.Signals): void => {
      // A second signal means now. A worker may get one from the terminal and one from its parent, which decides.
      if (stopping && cluster.isPrimary) process.exit(1)
      if (stopping) return
      stopping = true
      log.info({ signal, requests: running.gateway.inFlight }, 'draining')
      void running.stop(options.graceMs).then(() => {
        log.info({}, 'stopped')
        void written(log).then(() => process.exit(0))
      })
    }
    process.on('SIGTERM', stop)
    process.on('SIGINT', stop)
    return undefined
  } catch (error) {
    await written(log)
    console.error(startProblem(error, options))
    return 1
  }
}

/** Milliseconds that a slow reader of the log may hold up the end of the process. */
const LAST_LINES_MS = 1000

function written(log: ProxyLog): Promise<unknown> {
  return Promise.race([log.flush(), new Promise((resolve) => setTimeout(resolve, LAST_LINES_MS))])
}

function startProblem(error: unknown, { host, port }: ServeArguments): string {
  if (error instanceof ConfigError) return `${error.message}\n\ntianjillm did not start. Fix these, then try \`tianjillm check\`.`
  const code = (error as NodeJS.ErrnoException).code
  if (code === 'EADDRINUSE') return `tianjillm did not start: port ${port} on ${host} is taken. Choose another with --port.`
  if (code === 'EACCES') return `tianjillm did not start: no permission to listen on port ${port}. Choose one above 1023 with --port.`
  return `tianjillm did not start: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`
}

/** What a new user needs to see: the address, the key, a line to try. The key is shown only when we made it. */
function greet({ host, config, dataDir }: ServeArguments, port: number, { generatedKey, masterKey, live: { settings } }: Awaited<ReturnType<typeof compose>>, env: NodeJS.ProcessEnv): void {
  const shown = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host
  const url = `http://${shown}:${port}`
  const names = settings.router.names()
  const model = names.find((name) => !name.includes('*')) ?? names[0] ?? HELLO_MODEL
  const key = generatedKey ? masterKey : '$LITELLM_MASTER_KEY'
  const lines = [
    `tianjiLLM ${manifest.version} listens on ${url}`,
    ...(generatedKey ? [`master key: ${masterKey} (made by us, kept in ${dataDir})`] : []),
    `models: ${names.slice(0, 10).join(', ')}${names.length > 10 ? `, and ${names.length - 10} more` : ''}`,
    ...(config === undefined && env['CONFIG_FILE_PATH'] === undefined ? ['no config file: --config FILE adds models, keys and plugins'] : []),
    'try:',
    `  curl ${url}/v1/chat/completions -H "authorization: Bearer ${key}" -H 'content-type: application/json' -d '{"model":"${model}","messages":[{"role":"user","content":"Hello"}]}'`,
  ]
  console.log(lines.join('\n'))
}
