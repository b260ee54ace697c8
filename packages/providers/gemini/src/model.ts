import { GatewayError } from '@tianjillm/core'

/** Names of models and tuned models: words with `.`, `-`, `@` in them, at most a few levels deep. */
const allowed = /^[\w@-][\w.@-]*(?:\/[\w@-][\w.@-]*){0,3}$/

/**
 * A model as a path of the API: `models/gemini-2.5-flash`, `tunedModels/mine`.
 * Names come from callers where a deployment is a wildcard, so nothing that could climb out of the path passes.
 * @throws `invalid_request`
 */
export function modelPath(model: string): string {
  if (!allowed.test(model)) throw new GatewayError('invalid_request', 'The model name is not one that Gemini can have: letters, digits, `.`, `-`, `_`, `@` and `/` only.', { param: 'model' })
  return model.includes('/') ? model : `models/${model}`
}

/** The generation in a model's name (`gemini-2.5-pro` -> 2.5), undefined for aliases (`gemini-flash-latest`) and others. */
export function generationOf(model: string): number | undefined {
  const found = /(?:^|[/-])gemini-(\d{1,2}(?:\.\d{1,2})?)(?![\d.])/.exec(model.toLowerCase())
  return found ? Number(found[1]) : undefined
}

/** Whether a model is of generation `least` or later; models that name no generation are taken to be current. */
export function isAtLeast(model: string, least: number): boolean {
  return (generationOf(model) ?? Number.POSITIVE_INFINITY) >= least
}

/** Gemma 1 to 3 refuse system instructions. Source: https://ai.google.dev/gemma/docs/core/prompt-formatting-instructions */
export function takesSystemInstruction(model: string): boolean {
  return !/(?:^|\/)gemma-(?:[123](?!\d)|3n)/i.test(model)
}
