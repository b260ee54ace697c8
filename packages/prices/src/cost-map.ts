import { hash } from 'node:crypto'
import type { KnownModel } from '@tianjillm/spend'
import { readCosts } from './costs.ts'
import { namesOf } from './names.ts'

/** LiteLLM's model cost map (`model_prices_and_context_window.json`), or an operator's own copy of it. */
export interface CostMap {
  readonly models: number
  find(provider: string, model: string): KnownModel | undefined
}

/**
 * Entries are read when they are asked for; what has no effect here is passed over, and an entry with a wrong price counts as absent.
 * Source: https://docs.litellm.ai/docs/proxy/custom_model_cost_map
 * @throws when the text is not a JSON object
 */
export function readCostMap(text: string): CostMap {
  const map = JSON.parse(text) as unknown
  if (typeof map !== 'object' || map === null || Array.isArray(map)) throw new Error('not a JSON object')
  const entries = map as Readonly<Record<string, unknown>>
  const digest = hash('sha256', text).slice(0, 12)
  return {
    models: Object.keys(entries).length,
    find(provider, model) {
      const names = namesOf(model)
      for (const name of names) {
        const entry = own(entries, `${provider}/${name}`) ?? sameProvider(own(entries, name), provider)
        if (!entry) continue
        const { costs, problems } = readCosts(entry)
        if (problems.some(({ severity }) => severity === 'error')) continue
        const known = costs.over(undefined)
        if (known) return known.prices ? { ...known, prices: { ...known.prices, version: `cost-map:${digest}` } } : known
      }
      return undefined
    },
  }
}

function own(entries: Readonly<Record<string, unknown>>, name: string): Readonly<Record<string, unknown>> | undefined {
  const entry = Object.hasOwn(entries, name) ? entries[name] : undefined
  return typeof entry === 'object' && entry !== null ? (entry as Record<string, unknown>) : undefined
}

/** A name without its provider may be another provider's: `vertex_ai-language-models` is `vertex_ai`'s. */
function sameProvider(entry: Readonly<Record<string, unknown>> | undefined, provider: string): Readonly<Record<string, unknown>> | undefined {
  const of = entry?.['litellm_provider']
  return of === undefined || (typeof of === 'string' && of.startsWith(provider)) ? entry : undefined
}
