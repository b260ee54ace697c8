import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'

const attw = join(import.meta.dirname, '../node_modules/.bin/attw')

/** What is wrong with a packed package, as lines to read; empty when nothing is. */
export async function checkTarball(file: string): Promise<string[]> {
  const packed = readFileSync(file)
  const { messages, pkg } = await publint({ pack: { tarball: packed.buffer.slice(packed.byteOffset, packed.byteOffset + packed.byteLength) as ArrayBuffer }, strict: true })
  const rules = messages.map((message) => `publint: ${formatMessage(message, pkg, { color: false }) ?? message.code}`)
  // A package that only brings a command has no types to be wrong.
  return pkg['exports'] === undefined ? rules : [...rules, ...(await checkTypes(file))]
}

/** Resolves each entry as TypeScript would, in the modes that an ESM-only package answers. */
function checkTypes(file: string): Promise<string[]> {
  const args = ['--profile', 'esm-only', '--no-definitely-typed', '--no-color', '--no-emoji', '--format', 'ascii', file]
  return new Promise((resolve) => {
    execFile(attw, args, { encoding: 'utf8' }, (error, stdout, stderr) => {
      resolve(error === null ? [] : [`attw:\n${`${stdout}${stderr}`.trim().replaceAll(/^/gm, '    ')}`])
    })
  })
}
