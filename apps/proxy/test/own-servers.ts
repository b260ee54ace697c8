import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

/** A server of the test's own, which it may stop as often as it likes: the machine's servers belong to everybody. */
export interface OwnServer extends AsyncDisposable {
  readonly url: string
  start(): Promise<void>
  /** Ends it without a goodbye to its clients. */
  stop(): Promise<void>
}

const START_MS = 20_000

/** A PostgreSQL server with an empty database, from the binaries of this machine. */
export async function createPostgresServer(): Promise<OwnServer> {
  const bin = postgresBinaries()
  const folder = mkdtempSync(join(tmpdir(), 'tianjillm-pg-'))
  const data = join(folder, 'data')
  const user = postgresUser()
  chmodSync(folder, 0o711)
  if (user) chownSync(folder, user.uid, user.gid)
  const port = await freePort()
  execFileSync(join(bin, 'initdb'), ['-D', data, '-U', 'postgres', '--auth=trust', '--encoding=UTF8', '--locale=C', '--no-sync'], { stdio: 'pipe', ...user })
  const settings = { port, listen_addresses: '127.0.0.1', unix_socket_directories: folder, fsync: 'off', max_connections: 50, log_min_messages: 'panic' }
  const args = ['-D', data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])]
  const ready = (): boolean => answers(join(bin, 'pg_isready'), ['-q', '-h', '127.0.0.1', '-p', String(port)])
  // SIGQUIT: PostgreSQL's immediate shutdown, with recovery at the next start.
  return ownServer({ url: `postgres://postgres@127.0.0.1:${port}/postgres`, folder, run: () => spawn(join(bin, 'postgres'), args, { stdio: 'ignore', ...user }), ready, signal: 'SIGQUIT' })
}

/** A Redis server that keeps nothing on disk. */
export async function createRedisServer(): Promise<OwnServer> {
  const folder = mkdtempSync(join(tmpdir(), 'tianjillm-redis-'))
  const port = await freePort()
  const run = (): ChildProcess => spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder], { stdio: 'ignore' })
  return ownServer({ url: `redis://127.0.0.1:${port}`, folder, run, ready: () => answers('redis-cli', ['-p', String(port), 'ping']), signal: 'SIGKILL' })
}

interface Kind {
  readonly url: string
  readonly folder: string
  readonly run: () => ChildProcess
  readonly ready: () => boolean
  readonly signal: NodeJS.Signals
}

async function ownServer({ url, folder, run, ready, signal }: Kind): Promise<OwnServer> {
  let child: ChildProcess | undefined
  const start = async (): Promise<void> => {
    child = run()
    const until = Date.now() + START_MS
    while (!ready()) {
      if (child.exitCode !== null || Date.now() > until) throw new Error(`The server for ${url} does not start (exit code ${child.exitCode}).`)
      await pause(30)
    }
  }
  const stop = async (): Promise<void> => {
    const running = child
    child = undefined
    if (!running || running.exitCode !== null) return
    const ended = new Promise((resolve) => running.once('exit', resolve))
    running.kill(signal)
    await ended
  }
  await start()
  return {
    url, start, stop,
    async [Symbol.asyncDispose]() {
      await stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function answers(command: string, args: readonly string[]): boolean {
  try {
    execFileSync(command, args, { stdio: 'pipe', timeout: 2000 })
    return true
  } catch {
    return false
  }
}

/** Debian and Ubuntu keep the server's programs off the path. */
function postgresBinaries(): string {
  const folders = ['/usr/lib/postgresql', '/usr/local/lib/postgresql'].filter((folder) => existsSync(folder))
  const versions = folders.flatMap((folder) => readdirSync(folder).map((version) => join(folder, version, 'bin'))).filter((folder) => existsSync(join(folder, 'initdb')))
  const found = versions.toSorted().at(-1) ?? (process.env['PATH'] ?? '').split(':').find((folder) => existsSync(join(folder, 'initdb')))
  if (found === undefined) throw new Error('The programs of a PostgreSQL server (initdb, postgres) were not found. Install the package `postgresql`.')
  return found
}

/** PostgreSQL refuses to run as root. */
function postgresUser(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined
  const id = (flag: string): number => Number(execFileSync('id', [flag, 'postgres']).toString())
  return { uid: id('-u'), gid: id('-g') }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  await new Promise((resolve) => server.close(resolve))
  return port
}
