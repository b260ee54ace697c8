import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { benchKey, type Work } from '../wire.ts'

const app = join(import.meta.dirname, '../../../apps/proxy')
const built = join(app, 'dist/bin.js')
const source = join(app, 'src/bin.ts')

/** Which form of the proxy is measured. */
export type Form = 'built' | 'source' | 'none'

/** The built proxy if there is one (and the sources are not asked for), else the sources. */
export function chooseForm(forceSource: boolean): Form {
  if (existsSync(built) && !forceSource) return 'built'
  return existsSync(source) ? 'source' : 'none'
}

/** Arguments for node that start our proxy as a user would. `database`: as the proxy's `--database`. */
export function oursArguments(form: Form, port: number, config: string, database: string): string[] {
  const program = form === 'built' ? [built] : ['--conditions=@tianjillm/source', source]
  return [...program, '--config', config, '--port', String(port), '--database', database, '--data-dir', join(dirname(config), 'data')]
}

/** Writes a configuration for our proxy in front of the upstream, in a temporary folder of its own. */
export function writeConfig(upstreamPort: number): { readonly file: string; remove(): void } {
  const works: readonly Work[] = ['plain', 'fast', 'paced']
  const models = works.map((work) => [
    `  - model_name: bench-${work}`,
    '    litellm_params:',
    `      model: openai/mock-${work}`,
    `      api_base: http://127.0.0.1:${upstreamPort}/v1`,
    '      api_key: sk-mock',
  ].join('\n'))
  const folder = mkdtempSync(join(tmpdir(), 'bench-'))
  const file = join(folder, 'config.yaml')
  writeFileSync(file, `model_list:\n${models.join('\n')}\ngeneral_settings:\n  master_key: ${benchKey}\n`)
  return { file, remove: () => rmSync(folder, { recursive: true }) }
}
