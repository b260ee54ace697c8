import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { compose, createLog, type RunningServer, serve } from 'tianjillm'

const KEY = 'sk-only-for-the-document'

/** A gateway with every route, on a free port, with an embedded database in a folder of its own. */
export interface WholeGateway extends AsyncDisposable {
  readonly url: string
  readonly key: string
  readonly routes: RunningServer['routes']
  /** Its `/openapi.json`. */
  document(): Promise<unknown>
}

/** Starts one: routes of the ledger are there only where a database is. */
export async function startWholeGateway(): Promise<WholeGateway> {
  const dataDir = mkdtempSync(join(tmpdir(), 'tianjillm-document-'))
  const log = createLog('silent')
  const composition = await compose({ file: undefined, env: {}, log, masterKey: () => KEY, database: { choice: 'embedded', dataDir } })
  const running = await serve({ composition, host: '127.0.0.1', port: 0, log, version: '0.0.0', manages: true })
  const url = `http://127.0.0.1:${running.port}`
  return {
    url,
    key: KEY,
    routes: running.routes,
    document: async () => (await globalThis.fetch(`${url}/openapi.json`)).json(),
    async [Symbol.asyncDispose]() {
      // What a gateway waits with keeps no process alive, which a script needs to be until it has stopped.
      const alive = setInterval(() => {}, 60_000)
      await running.stop(1000)
      clearInterval(alive)
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
