import { toUsd } from '@tianjillm/spend'
import type { ModelView } from '../configuration/port.ts'
import { instant } from '../fields.ts'

/** A stored model as LiteLLM's table has it, its secrets masked. */
export function modelRow({ id, name, params, info, blocked, record }: ModelView): Record<string, unknown> {
  return {
    model_id: id, model_name: name, litellm_params: params, model_info: { ...info, id }, blocked,
    created_at: instant(record?.createdAt ?? null), created_by: record?.createdBy ?? null, updated_at: instant(record?.updatedAt ?? null), updated_by: record?.updatedBy ?? null,
  }
}

/** A model as `/model/info` shows it. @param whole whether the caller may see how it is reached, and what is wrong with it */
export function modelToWire(view: ModelView, whole: boolean): Record<string, unknown> {
  const { id, name, origin, params, info, accessGroups, provider, blocked, problem } = view
  return {
    model_name: name,
    litellm_params: whole ? params : { model: params['model'] },
    model_info: {
      ...costsOf(view), ...info, id, db_model: origin === 'database', key: params['model'] ?? null, litellm_provider: provider ?? null, mode: info['mode'] ?? 'chat', access_groups: accessGroups,
      ...(whole && { blocked, error: problem ?? null }),
    },
  }
}

/** Prices in USD and lengths, under LiteLLM's names; null for what is not known. */
export function costsOf({ prices, facts }: ModelView): Record<string, number | null> {
  const usd = (nano: number | undefined): number | null => (nano === undefined ? null : toUsd(nano))
  return {
    max_tokens: facts?.maxOutputTokens ?? null, max_input_tokens: facts?.maxInputTokens ?? null, max_output_tokens: facts?.maxOutputTokens ?? null,
    input_cost_per_token: usd(prices?.input), output_cost_per_token: usd(prices?.output), cache_read_input_token_cost: usd(prices?.cacheRead), cache_creation_input_token_cost: usd(prices?.cacheWrite5m),
    output_cost_per_reasoning_token: usd(prices?.reasoning), input_cost_per_request: usd(prices?.perRequest),
  }
}

/** The deployments of one name together, as `/model_group/info` shows them: the longest and the dearest counts. */
export function groupToWire(name: string, views: readonly ModelView[]): Record<string, unknown> {
  const costs = views.map(costsOf)
  const most = (key: string): number | null => costs.reduce<number | null>((best, cost) => (cost[key] === null || cost[key] === undefined ? best : Math.max(best ?? 0, cost[key])), null)
  const sum = (key: string): number | null => {
    const given = views.map(({ params }) => params[key]).filter((value) => typeof value === 'number')
    return given.length === 0 ? null : given.reduce((a, b) => a + b, 0)
  }
  /** LiteLLM: one of them does, by the word of its `model_info`. */
  const able = (what: string): boolean => views.some(({ info }) => info[`supports_${what}`] === true)
  return {
    model_group: name, providers: [...new Set(views.flatMap(({ provider }) => provider ?? []))], mode: views[0]!.info['mode'] ?? 'chat',
    max_input_tokens: most('max_input_tokens'), max_output_tokens: most('max_output_tokens'), input_cost_per_token: most('input_cost_per_token'), output_cost_per_token: most('output_cost_per_token'),
    supports_vision: able('vision'), supports_function_calling: able('function_calling'), supports_parallel_function_calling: able('parallel_function_calling'), supports_reasoning: able('reasoning'), supports_web_search: able('web_search'),
    tpm: sum('tpm'), rpm: sum('rpm'), access_groups: [...new Set(views.flatMap(({ accessGroups }) => accessGroups))],
  }
}
