import { unknownKey } from '@tianjillm/core'
import type { Deployment, Resilience } from '@tianjillm/gateway'
import type { FallbackRecord, FallbackType } from '@tianjillm/configuration'
import { type ErrorClass, fallbackLists, type FallbackTable, isPattern, type RetryPolicy } from '@tianjillm/router'
import type { Problems } from '../config/problems.ts'
import type { RetryPolicyConfig } from '../config/resilience-schema.ts'
import type { Config } from '../config/schema.ts'

/** LiteLLM's default (that of OpenAI's client). */
const RETRIES = 2

/** LiteLLM's names of errors, as classes. */
const classes: Readonly<Record<keyof RetryPolicyConfig, ErrorClass>> = {
  AuthenticationErrorRetries: 'authentication',
  BadRequestErrorRetries: 'bad_request',
  ContentPolicyViolationErrorRetries: 'content_policy',
  InternalServerErrorRetries: 'internal_server',
  RateLimitErrorRetries: 'rate_limit',
  TimeoutErrorRetries: 'timeout',
}

/** `router_settings` and `litellm_settings` on retries, fallbacks and time, with the fallbacks that are kept over the API. */
export function resilienceOf({ router_settings: router, litellm_settings: litellm }: Config, stored: Iterable<FallbackRecord>): Resilience {
  const retries = router.num_retries ?? litellm.num_retries ?? RETRIES
  const policy = (written: RetryPolicyConfig): RetryPolicy => ({
    retries,
    byClass: Object.fromEntries(Object.entries(written).map(([name, count]) => [classes[name as keyof RetryPolicyConfig], count])),
    ...(router.retry_after !== undefined && { minWaitMs: router.retry_after * 1000 }),
  })
  return {
    retry: policy(router.retry_policy),
    retryOf: new Map(Object.entries(router.model_group_retry_policy).map(([group, written]) => [group, policy({ ...router.retry_policy, ...written })])),
    fallbacks: fallbacksOf(router, litellm, stored),
    deadlineMs: (router.total_timeout ?? litellm.request_timeout) * 1000,
    ...(router.hedge_after !== undefined && { hedgeAfterMs: router.hedge_after * 1000 }),
    continueStreams: router.continue_streams,
  }
}

const listsOf = { general: 'fallbacks', context_window: 'context_window_fallbacks', content_policy: 'content_policy_fallbacks' } as const

/** Whether the settings say which models answer in place of this one. */
export function fallbackInFile({ router_settings: router, litellm_settings: litellm }: Config, type: FallbackType, model: string): boolean {
  const key = listsOf[type]
  return (router[key] ?? litellm[key] ?? []).some((lists) => Object.hasOwn(lists, model))
}

/** What the settings say of a model wins over what was set for it with `/fallback`. */
function fallbacksOf(router: Config['router_settings'], litellm: Config['litellm_settings'], stored: Iterable<FallbackRecord>): FallbackTable {
  const kept = [...stored]
  const table = (type: FallbackType): Map<string, readonly string[]> =>
    new Map([...kept.filter((one) => one.type === type).map((one) => [one.model, one.fallbackModels] as const), ...fallbackLists(router[listsOf[type]] ?? litellm[listsOf[type]] ?? [])])
  return {
    general: table('general'),
    contextWindow: table('context_window'),
    contentPolicy: table('content_policy'),
    byDefault: router.default_fallbacks ?? litellm.default_fallbacks ?? [],
    max: router.max_fallbacks,
  }
}

/** Tells of fallbacks that name models which are not served. @param later models may come while the proxy runs */
export function checkFallbacks(config: Config, deployments: readonly Deployment[], problems: Problems, later: boolean): void {
  // Also those that cannot be made: what is wrong with them is told where they stand.
  const known = new Set([...deployments.map(({ modelName }) => modelName), ...config.model_list.map(({ model_name: name }) => name), ...Object.keys(config.router_settings.model_group_alias)])
  const ids = new Set([...deployments.map(({ id }) => id), ...config.model_list.flatMap(({ model_info: info }) => info?.id ?? [])])
  if (later || [...known].some(isPattern)) return
  const check = (path: string, model: string): void => {
    if (!known.has(model)) problems.error(path, `names ${JSON.stringify(model)}, which model_list does not have: ${unknownKey(model, known).replace('key', 'model')}`)
  }
  for (const section of ['router_settings', 'litellm_settings'] as const) {
    const settings = config[section]
    for (const key of Object.values(listsOf)) {
      for (const [at, lists] of (settings[key] ?? []).entries()) {
        for (const [model, names] of Object.entries(lists)) {
          const path = `${section}.${key}[${at}].${model}`
          if (model !== '*') check(path, model)
          for (const name of names) if (!ids.has(name)) check(path, name)
        }
      }
    }
    for (const [at, name] of (settings.default_fallbacks ?? []).entries()) if (!ids.has(name)) check(`${section}.default_fallbacks[${at}]`, name)
  }
}
