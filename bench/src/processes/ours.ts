import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { masterKey, type Work } from '../wire.ts'

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
    // As known models have them: a budget holds the most that a call may cost.
    '      input_cost_per_token: 0.00000015',
    '      output_cost_per_token: 0.0000006',
    '    model_info: { max_input_tokens: 128000, max_output_tokens: 16384 }',
  ].join('\n'))
  const folder = mkdtempSync(join(tmpdir(), 'bench-'))
  const file = join(folder, 'config.yaml')
  writeFileSync(file, `model_list:\n${models.join('\n')}\ngeneral_settings:\n  master_key: ${masterKey}\n`)
  return { file, remove: () => rmSync(folder, { recursive: true }) }
}

/** Makes a virtual key at our proxy: a team's, both with a budget, the key with rates, too. No load reaches them; each call is held and settled under five limits. */
export async function makeKey(port: number): Promise<string> {
  const { team_id } = await ask(port, '/team/new', { team_alias: `bench ${crypto.randomUUID()}`, max_budget: 1e6, budget_duration: '30d' })
  const { key } = await ask(port, '/key/generate', { team_id, max_budget: 1e5, budget_duration: '30d', tpm_limit: 1e12, rpm_limit: 1e9, max_parallel_requests: 1e6 })
  return key as string
}

async function ask(port: number, path: string, body: object): Promise<Readonly<Record<string, unknown>>> {
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, { method: 'POST', body: JSON.stringify(body), headers: { authorization: `Bearer ${masterKey}`, 'content-type': 'application/json' } })
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`)
  return (await answer.json()) as Readonly<Record<string, unknown>>
}
