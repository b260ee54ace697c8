import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stringify } from 'yaml'

/** The key that configs of tests use. */
export const MASTER_KEY = 'sk-test-master-key'

/** A proxy in a process of its own, started as a user starts it. */
export interface RunningProxy extends AsyncDisposable {
  /** `http://127.0.0.1:<port>` */
  readonly url: string
  readonly process: ChildProcess
  /** Everything it printed so far. */
  readonly output: string
  /** Log lines so far that are JSON. */
  readonly log: readonly Record<string, unknown>[]
  /** Resolves with the first log line that matches, past or future. */
  logged(match: (line: Record<string, unknown>) => boolean): Promise<Record<string, unknown>>
  /** Resolves with the exit code. */
  readonly exited: Promise<number | null>
  /** A request with the master key. */
  fetch(path: string, init?: RequestInit): Promise<Response>
}

export interface StartOptions {
  readonly config?: object
  readonly env?: Readonly<Record<string, string>>
  readonly args?: readonly string[]
  /** `--database`. Default `none`: an embedded one takes seconds to make. */
  readonly database?: string
  /** Default: a new one. */
  readonly dataDir?: string
}

const bin = new URL('../src/bin.ts', import.meta.url).pathname

/** A config's folder with the file in it. */
export function writeConfig(config: object): string {
  const file = join(mkdtempSync(join(tmpdir(), 'tianjillm-')), 'config.yaml')
  writeFileSync(file, stringify(config))
  return file
}

/** Runs the command line to its end. */
export async function runCli(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<{ code: number | null; output: string }> {
  const child = spawnProxy(args, env)
  let output = ''
  child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  return { code, output }
}

/** Starts the proxy on a free port. @throws with its output when it does not start */
export async function startProxy({ config, env = {}, args = [], database = 'none', dataDir = mkdtempSync(join(tmpdir(), 'tianjillm-data-')) }: StartOptions): Promise<RunningProxy> {
  const file = config === undefined ? [] : ['--config', writeConfig({ ...config, general_settings: { master_key: MASTER_KEY, ...(config as { general_settings?: object }).general_settings } })]
  const child = spawnProxy(['--port', '0', '--host', '127.0.0.1', '--data-dir', dataDir, '--database', database, ...file, ...args], env)
  let output = ''
  const log: Record<string, unknown>[] = []
  const watchers = new Set<() => void>()
  let rest = ''
  const take = (chunk: Buffer): void => {
    output += chunk.toString()
    const lines = (rest + chunk.toString()).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) {
      if (line.startsWith('{')) log.push(JSON.parse(line) as Record<string, unknown>)
    }
    for (const watcher of watchers) watcher()
  }
  child.stdout?.on('data', take)
  child.stderr?.on('data', take)
  const exited = new Promise<number | null>((resolve) => child.once('close', resolve))
  const until = <T>(find: () => T | undefined): Promise<T> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const found = find()
        if (found === undefined) return
        watchers.delete(look)
        resolve(found)
      }
      watchers.add(look)
      void exited.then((code) => reject(new Error(`The proxy ended with code ${code}:\n${output}`)))
      look()
    })
  const url = await until(() => /listens on (http:\S+)/.exec(output)?.[1])
  return {
    url,
    process: child,
    get output() {
      return output
    },
    log,
    logged: (match) => until(() => log.find(match)),
    exited,
    fetch: (path, init) => fetch(url + path, { ...init, headers: { authorization: `Bearer ${MASTER_KEY}`, 'content-type': 'application/json', ...(init?.headers as Record<string, string>) } }),
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL')
      await exited
    },
  }
}

function spawnProxy(args: readonly string[], env: Readonly<Record<string, string>>): ChildProcess {
  // Nothing of this machine's environment but what a program needs to run.
  const { PATH, HOME, TMPDIR } = process.env
  return spawn(process.execPath, ['--conditions=@tianjillm/source', bin, ...args], { env: { PATH, HOME, TMPDIR, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
}
