import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A server that speaks S3 and checks signatures and hashes of bodies. */
export interface S3Server extends AsyncDisposable {
  readonly url: string
  /** The folder of its one bucket, `logs`; objects lie in it as files. */
  readonly folder: string
}

/** The key that the server takes. */
export const S3_KEY = { s3_aws_access_key_id: 'S3RVER', s3_aws_secret_access_key: 'S3RVER' } as const

const program = `
  const S3rver = require(process.argv[1])
  const server = new S3rver({ port: 0, address: '127.0.0.1', silent: true, directory: process.argv[2], configureBuckets: [{ name: 'logs', configs: [] }] })
  server.run().then(({ port }) => console.log(port))`

/** In a process of its own: the conditions under which tests load modules are not those that it was made for. */
export async function startS3Server(): Promise<S3Server> {
  const directory = mkdtempSync(join(tmpdir(), 'tianjillm-s3-'))
  const child = spawn(process.execPath, ['-e', program, createRequire(import.meta.url).resolve('@20minutes/s3rver'), directory], { stdio: ['ignore', 'pipe', 'inherit'] })
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const port = await new Promise<number>((resolve, reject) => {
    child.stdout.once('data', (line: Buffer) => resolve(Number(line.toString())))
    void exited.then(() => reject(new Error('The S3 server does not start.')))
  })
  return {
    url: `http://127.0.0.1:${port}`,
    folder: join(directory, 'logs'),
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL')
      await exited
      rmSync(directory, { recursive: true, force: true })
    },
  }
}
