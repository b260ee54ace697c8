import type { Principal } from '@tianjillm/auth'
import { GatewayError } from '@tianjillm/core'
import type { Exchange } from '../exchange/exchange.ts'

/** Characters of a name that the caller chose, as ledger and limits keep it. */
export const LONGEST_NAME = 256
/** Tags of one call. */
export const MOST_TAGS = 32

/** How requests may name end users and tags. */
export interface Naming {
  /** Lower-case names of further headers that name the end user (`user_header_mappings`, `user_header_name`). */
  readonly endUserHeaders?: readonly string[]
  /** Refuse requests that bring tags of their own (`reject_clientside_metadata_tags`). */
  readonly refuseTags?: boolean
}

type Body = Readonly<Record<string, unknown>>

/** The end user that a request names, in LiteLLM's order: headers first, then the body's fields. */
export function endUserOf(exchange: Exchange, body: Body, { endUserHeaders = [] }: Naming): string | undefined {
  const named =
    exchange.header('x-litellm-customer-id') || exchange.header('x-litellm-end-user-id') || headerOf(exchange, endUserHeaders) ||
    texts(body['user']) || texts(objectOf(body['litellm_metadata'])?.['user']) || texts(objectOf(body['metadata'])?.['user_id']) || texts(body['safety_identifier'])
  return named === undefined || named === '' ? undefined : short(named)
}

const none: readonly string[] = Object.freeze([])

/**
 * The tags of a call, each once: its key's, its team's, and those that the request brings
 * (`tags`, `metadata.tags`, `litellm_metadata.tags`, the header `x-litellm-tags`).
 * @throws `invalid_request` when the request may bring none
 */
export function tagsOf(exchange: Exchange, body: Body, principal: Principal | undefined, { refuseTags }: Naming): readonly string[] {
  const header = exchange.header('x-litellm-tags')
  const own = body['tags'] ?? objectOf(body['metadata'])?.['tags'] ?? objectOf(body['litellm_metadata'])?.['tags']
  const brought = header !== undefined || (Array.isArray(own) && own.length > 0)
  if (brought && refuseTags === true) throw new GatewayError('invalid_request', 'Requests may not bring tags of their own here: the operator sets `general_settings.reject_clientside_metadata_tags`. Tags of the key and its team count.', { param: 'tags' })
  const ofKey = principal?.key?.tags ?? none
  const ofTeam = principal?.team?.tags ?? none
  if (!brought && ofKey.length + ofTeam.length === 0) return none
  const given = [...(Array.isArray(own) ? own.filter((tag): tag is string => typeof tag === 'string') : none), ...(header?.split(',') ?? none)]
  return [...new Set([...ofKey, ...ofTeam, ...given.map((tag) => short(tag.trim()))].filter((tag) => tag !== ''))].slice(0, MOST_TAGS)
}

export function short(text: string): string {
  return text.length > LONGEST_NAME ? text.slice(0, LONGEST_NAME) : text
}

function headerOf(exchange: Exchange, names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = exchange.header(name)
    if (value) return value
  }
  return undefined
}

function texts(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

function objectOf(value: unknown): Body | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Body) : undefined
}
