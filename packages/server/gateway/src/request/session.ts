import type { RequestContext } from '../context.ts'

/** Whose calls stay with one deployment. */
export interface Affinity {
  /** Those of a session, which the request names. */
  readonly session: boolean
  /** Those of a key, where the request names no session. */
  readonly key: boolean
}

const MOST_CHARS = 256

/** What keeps a call with its like: LiteLLM's `x-litellm-session-id`, `litellm_session_id` or `session_id` of the metadata; else the key. */
export function sessionOf({ exchange, body, principal }: RequestContext, { session, key }: Affinity): string | undefined {
  const named = session ? (exchange.header('x-litellm-session-id') ?? body['litellm_session_id'] ?? sessionIn(body['litellm_metadata']) ?? sessionIn(body['metadata'])) : undefined
  if (typeof named === 'string' && named !== '') return named.slice(0, MOST_CHARS)
  return key ? principal?.key?.id : undefined
}

function sessionIn(metadata: unknown): unknown {
  return typeof metadata === 'object' && metadata !== null ? (metadata as { session_id?: unknown }).session_id : undefined
}
