import type { Operation } from '@tianjillm/core'

/** LiteLLM's names for kinds of call, without the `a` of their asynchronous twins. Source: litellm/types/caching.py */
const operations: Readonly<Record<string, Operation>> = {
  completion: 'chat', text_completion: 'completions', embedding: 'embeddings', transcription: 'transcriptions', rerank: 'rerank', responses: 'responses',
  moderation: 'moderations', image_generation: 'images', speech: 'speech',
}

/** Every name that {@link operationOf} knows. */
export const callTypes: readonly string[] = Object.keys(operations).flatMap((name) => [name, `a${name}`])

/** The kind of call that LiteLLM's `supported_call_types` names; undefined: there is none of that name. */
export function operationOf(callType: string): Operation | undefined {
  if (Object.hasOwn(operations, callType)) return operations[callType]
  const twin = callType.slice(1)
  return callType.startsWith('a') && Object.hasOwn(operations, twin) ? operations[twin] : undefined
}
