import { costKeys } from '@tianjillm/prices'
import type { ModelView } from '@tianjillm/management'
import type { Deployment } from '@tianjillm/gateway'
import { namedIn, paramsOf, publicName } from '../compose/deployment-factory.ts'
import { splitParams } from '../compose/deployment-params.ts'
import type { ModelEntry } from '../config/schema.ts'
import type { LiveModel } from './live-models.ts'
import { masked, plainAddress } from './mask.ts'

/** What is shown of an entry. @param shown keys of the provider that hold no secret */
export function modelView(id: string, entry: ModelEntry, shown: ReadonlySet<string>, accessGroups: readonly string[], deployment: Deployment | undefined, { record, problem, blocked = false }: Partial<LiveModel> & { readonly blocked?: boolean } = {}): ModelView {
  return {
    id,
    name: publicName(entry),
    origin: record ? 'database' : 'file',
    blocked,
    params: maskedParams(paramsOf(entry), shown),
    info: Object.fromEntries(Object.entries(entry.model_info ?? {}).filter(([key]) => key !== 'id')),
    accessGroups,
    provider: deployment?.providerName ?? namedIn(entry)?.provider,
    prices: deployment?.prices,
    facts: deployment?.facts,
    problem,
    record,
  }
}

/** Params without secrets. What nobody declared harmless is masked. */
export function maskedParams(params: Readonly<Record<string, unknown>>, shown: ReadonlySet<string>): Readonly<Record<string, unknown>> {
  const { own, defaults } = splitParams(params)
  const ours = new Set([...Object.keys(own), ...Object.keys(defaults ?? {}), ...costKeys])
  return Object.fromEntries(Object.entries(params).map(([key, value]) => {
    if (value === null || ours.has(key)) return [key, value]
    const name = key === 'base_url' ? 'api_base' : key
    if (typeof value === 'object') return [key, Array.isArray(value) ? value.map(masked) : Object.fromEntries(Object.keys(value).map((inner) => [inner, '****']))]
    return [key, shown.has(name) ? plainAddress(value) : masked(value)]
  }))
}
