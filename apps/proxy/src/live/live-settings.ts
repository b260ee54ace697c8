import type { ConfigurationSnapshot } from '@tianjillm/configuration'
import { GatewayError, unknownKey } from '@tianjillm/core'
import { createClientAddresses, type GatewayLimits, type Settings } from '@tianjillm/gateway'
import * as v from 'valibot'
import { liveRouterKeys } from '../config/router-schema.ts'
import { pathOf } from '../config/problems.ts'
import { type Config, configSchema } from '../config/schema.ts'
import { problemOf } from '../config/validate.ts'

/** Milliseconds for a request body to arrive. */
const BODY_TIMEOUT_MS = 60_000

/** Settings that take effect at once. Those of `callback_settings` do too, under the name of their callback. */
const livePaths: ReadonlySet<string> = new Set([
  'general_settings.global_max_parallel_requests', 'general_settings.max_request_size_mb', 'general_settings.max_response_size_mb',
  'general_settings.allowed_ips', 'general_settings.use_x_forwarded_for', 'general_settings.trusted_proxies',
  'litellm_settings.drop_params', 'litellm_settings.callbacks', 'litellm_settings.success_callback', 'litellm_settings.failure_callback',
  ...liveRouterKeys.map((key) => `router_settings.${key}`), 'litellm_settings.allowed_fails', 'litellm_settings.cooldown_time', 'router_settings.num_retries', 'router_settings.retry_after', 'router_settings.retry_policy', 'router_settings.model_group_retry_policy',
  'router_settings.fallbacks', 'router_settings.default_fallbacks', 'router_settings.context_window_fallbacks', 'router_settings.content_policy_fallbacks', 'router_settings.max_fallbacks',
  'router_settings.total_timeout', 'router_settings.hedge_after', 'router_settings.continue_streams',
  'litellm_settings.num_retries', 'litellm_settings.fallbacks', 'litellm_settings.default_fallbacks', 'litellm_settings.context_window_fallbacks', 'litellm_settings.content_policy_fallbacks',
])

export const sections = ['general_settings', 'litellm_settings', 'router_settings'] as const
const CALLBACK_SETTINGS = 'callback_settings'

export function isLive(path: string): boolean {
  return livePaths.has(path) || path.startsWith(`${CALLBACK_SETTINGS}.`)
}

/** Whether a setting's value holds secrets, and is sealed where it is kept. */
export function isSealed(path: string): boolean {
  return path.startsWith(`${CALLBACK_SETTINGS}.`)
}

/** A path as section and name; a callback's name may hold dots. */
export function splitPath(path: string): readonly [section: string, name: string] {
  const dot = path.indexOf('.')
  return [path.slice(0, dot), path.slice(dot + 1)]
}

/** The parts of {@link Settings} that follow from what can change live, beside router and callbacks. */
export function liveParts({ general_settings: general, litellm_settings: litellm }: Config): Pick<Settings, 'limits' | 'dropParams' | 'addresses'> {
  const limits: GatewayLimits = {
    maxBodyBytes: general.max_request_size_mb * 1024 * 1024,
    bodyTimeoutMs: BODY_TIMEOUT_MS,
    maxReplyBytes: general.max_response_size_mb * 1024 * 1024,
    ...(general.global_max_parallel_requests !== undefined && { maxParallel: general.global_max_parallel_requests }),
  }
  const addresses = createClientAddresses({
    forwarded: general.use_x_forwarded_for, ...(general.allowed_ips && { allowed: general.allowed_ips }), ...(general.trusted_proxies && { proxies: general.trusted_proxies }),
  })
  return { limits, dropParams: litellm.drop_params, ...(addresses && { addresses }) }
}

/**
 * The configuration with what was set over the API. What the file sets wins: it may have been written after.
 * @param open opens what {@link isSealed}; undefined leaves it out
 */
export function withSettings(config: Config, settings: ConfigurationSnapshot['settings'], inFile: (path: string) => boolean, open: (path: string, sealed: string) => unknown): Config {
  const next = { ...config } as unknown as Record<string, Record<string, unknown>>
  for (const { id: path, value } of settings.values()) {
    const [section, name] = splitPath(path)
    if (inFile(path) || !isLive(path)) continue
    const known = isSealed(path) ? open(path, String(value)) : parsed(path, value)
    if (known !== undefined) next[section] = { ...next[section], [name]: known }
  }
  return next as unknown as Config
}

/** A stored value as the schema makes it; undefined when this version does not take it any more. */
function parsed(path: string, value: unknown): unknown {
  const schema = schemaOf(path)
  const result = schema && v.safeParse(schema, value)
  return result?.success ? result.output : undefined
}

/** Refuses what cannot be set over the API. @throws `invalid_config`, `owned_by_config` */
export function checkSetting(path: string, value: unknown, inFile: (path: string) => boolean): void {
  const [section, name] = splitPath(path)
  const schema = schemaOf(path)
  if (!schema) {
    const known = sectionEntries(section)
    throw new GatewayError('invalid_config', known ? `${path}: ${unknownKey(name, Object.keys(known))}` : `There is no section ${JSON.stringify(section)}: settings are in ${sections.join(', ')} and ${CALLBACK_SETTINGS}.`, { param: path })
  }
  if (inFile(path)) throw new GatewayError('owned_by_config', `The config file sets ${path}, so the API may not. Change it there and restart, or take it out of the file.`, { param: path })
  if (!isLive(path)) throw new GatewayError('invalid_config', `${path} is read when the proxy starts, so it belongs into the config file. The API takes these: ${[...livePaths].join(', ')}, and ${CALLBACK_SETTINGS}.`, { param: path })
  if (value === undefined) return
  const result = v.safeParse(schema, value)
  if (result.success) return
  const { keys, message } = problemOf(result.issues[0], schema)
  const at = pathOf([section, name, ...keys])
  throw new GatewayError('invalid_config', `${at}: ${message}`, { param: at })
}

/** The settings of a section by name. */
export function sectionEntries(section: string): Readonly<Record<string, v.GenericSchema>> | undefined {
  if (!(sections as readonly string[]).includes(section)) return undefined
  const { wrapped } = configSchema.entries[section as (typeof sections)[number]] as unknown as { readonly wrapped: { readonly entries: Readonly<Record<string, v.GenericSchema>> } }
  return wrapped.entries
}

function schemaOf(path: string): v.GenericSchema | undefined {
  const [section, name] = splitPath(path)
  if (section === CALLBACK_SETTINGS && name !== '') return v.record(v.string(), v.unknown())
  const entries = sectionEntries(section)
  return entries && Object.hasOwn(entries, name) ? entries[name] : undefined
}
