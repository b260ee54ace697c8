import type { Call, UpstreamTarget } from '@tianjillm/core'
import type { GeminiOperation } from './adapters.ts'

/** Models with a target of their own at one time; callers name models where a deployment is a wildcard. */
const MOST = 1000

/** Targets by model and verb, made once for each. `streamGenerateContent` is asked for as SSE. */
export function createTargets(make: (verb: string, model: string) => UpstreamTarget): (operation: GeminiOperation, call: Call) => UpstreamTarget {
  const made = new Map<string, UpstreamTarget>()
  return (operation, call) => {
    const verb = operation === 'embeddings' ? 'batchEmbedContents' : call.stream ? 'streamGenerateContent?alt=sse' : 'generateContent'
    const key = `${verb} ${call.model}`
    let target = made.get(key)
    if (target === undefined) {
      if (made.size >= MOST) made.clear()
      target = make(verb, call.model)
      made.set(key, target)
    }
    return target
  }
}
