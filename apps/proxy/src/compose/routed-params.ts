import type { RoutedDeployment } from '@tianjillm/router'
import type { ModelFacts, Prices } from '@tianjillm/spend'
import type { Config, ModelEntry } from '../config/schema.ts'

type Routed = Omit<RoutedDeployment, 'id' | 'modelName' | 'model' | 'accessGroups' | 'region'>

/** Capabilities that requests ask for, by LiteLLM's `supports_*` flags of `model_info`. */
const capabilities = ['function_calling', 'response_schema', 'vision', 'audio_input', 'pdf_input'] as const

/** What the router reads off an entry of `model_list`. @param own its `litellm_params` for the gateway. @param say notes what is wrong with one of them */
export function routedParams(own: Readonly<Record<string, unknown>>, entry: Pick<ModelEntry, 'model_info' | 'rpm' | 'tpm'>, { router_settings: router }: Config, say: (name: string, what: string) => void): Routed {
  const number = (name: string, fallback?: unknown): number | undefined => [own[name], fallback].find((value) => typeof value === 'number' && value >= 0) as number | undefined
  const info: NonNullable<ModelEntry['model_info']> = entry.model_info ?? {}
  const tags = own['tags']
  const areTags = Array.isArray(tags) && tags.every((tag) => typeof tag === 'string' && tag !== '')
  if (tags !== undefined && !areTags) say('tags', 'must be a list of texts.')
  const able = capabilitiesOf(info)
  return defined({
    weight: number('weight'),
    order: number('order'),
    rpm: number('rpm', entry.rpm ?? info['rpm']),
    tpm: number('tpm', entry.tpm ?? info['tpm']),
    maxParallel: number('max_parallel_requests', router.default_max_parallel_requests),
    cooldownMs: milliseconds(number('cooldown_time')),
    tags: areTags && tags.length > 0 ? (tags as readonly string[]) : undefined,
    capabilities: able,
    teamId: info.team_id,
  })
}

/** What it reads off prices and facts, which a pattern has only once a model is named. */
export function routedFacts({ prices, facts }: { readonly prices?: Prices | undefined; readonly facts?: ModelFacts | undefined }): Routed {
  return defined({ inputCost: prices?.input, outputCost: prices?.output, contextWindow: facts?.maxInputTokens })
}

/** A flag that is not there says nothing. So only where one says no, the others can be told. */
function capabilitiesOf(info: Readonly<Record<string, unknown>>): ReadonlySet<string> | undefined {
  const able = capabilities.filter((name) => info[`supports_${name}`] !== false)
  return able.length < capabilities.length ? new Set(able) : undefined
}

function milliseconds(seconds: number | undefined): number | undefined {
  return seconds === undefined ? undefined : seconds * 1000
}

/** Without what is undefined: absent and undefined are different things to a type. */
function defined<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never
}
