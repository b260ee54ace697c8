import { describe, expect, it } from 'vitest'
import { readArguments } from './arguments.ts'

const serve = (args: string[], env: Record<string, string> = {}) => {
  const command = readArguments(args, env)
  return command.name === 'serve' ? command.options : undefined
}

describe('readArguments', () => {
  it('takes flags before the environment before defaults', () => {
    expect(serve([])).toMatchObject({ config: undefined, port: 4000, host: '0.0.0.0', workers: 1, graceMs: 30_000 })
    const env = { PORT: '5', HOST: '::1', NUM_WORKERS: '2', CONFIG_FILE_PATH: 'a.yaml', TIANJILLM_DATA_DIR: '/d', GRACEFUL_SHUTDOWN_TIMEOUT: '0.5' }
    expect(serve([], env)).toEqual({ config: 'a.yaml', port: 5, host: '::1', workers: 2, dataDir: '/d', graceMs: 500 })
    expect(serve(['-c', 'b.yaml', '-p', '6', '--host', 'h', '--num_workers', '3', '--data-dir', '/e'], env)).toMatchObject({ config: 'b.yaml', port: 6, host: 'h', workers: 3, dataDir: '/e' })
  })

  it('counts empty variables as absent', () => {
    expect(serve([], { PORT: '', HOST: '', CONFIG_FILE_PATH: '', GRACEFUL_SHUTDOWN_TIMEOUT: '' })).toMatchObject({ port: 4000, host: '0.0.0.0', config: undefined, graceMs: 30_000 })
  })

  it.each([
    [['--port', '65536'], {}, '--port must be a whole number'], [['--port', 'x'], {}, '--port'], [['--workers', '0'], {}, '--workers'], [[], { PORT: '1e3' }, '--port'],
    [[], { GRACEFUL_SHUTDOWN_TIMEOUT: 'soon' }, 'GRACEFUL_SHUTDOWN_TIMEOUT'], [[], { GRACEFUL_SHUTDOWN_TIMEOUT: '-1' }, 'GRACEFUL_SHUTDOWN_TIMEOUT'],
    [['--prot', '1'], {}, 'Did you mean --port?'], [['chekc', 'x'], {}, 'Did you mean check?'], [['check'], {}, 'check needs a file'],
  ] as [string[], Record<string, string>, string][])('refuses %j %j', (args, env, words) => {
    expect(() => readArguments(args, env)).toThrow(words)
  })

  it('knows check, help and version', () => {
    expect(readArguments(['check', 'x.yaml'], {})).toEqual({ name: 'check', file: 'x.yaml' })
    expect(readArguments(['-h'], {})).toEqual({ name: 'help' })
    expect(readArguments(['--version'], {})).toEqual({ name: 'version' })
  })
})
