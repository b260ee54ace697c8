/** Who made a model: it decides where reasoning, `top_k` and schemas go. `unknown`: an ARN that does not tell. */
export type Family = 'anthropic' | 'nova' | 'titan' | 'openai' | 'qwen' | 'cohere' | 'mistral' | 'meta' | 'deepseek' | 'unknown' | 'other'

/** A model string of LiteLLM, taken apart. */
export interface BedrockModel {
  /** What goes into the path: a model id, an inference profile id, or an ARN. */
  readonly id: string
  /** The region that the string names, if any. */
  readonly region: string | undefined
  readonly family: Family
  /** The id without route, region and cross-region prefix, in lower case: for looking up abilities. */
  readonly base: string
}

const routes = /^(?:converse_like|converse|invoke)\//
const regionPath = /^([a-z]{2,4}(?:-[a-z]+)+-\d+)\//
const arnRegion = /^arn:aws[a-z-]*:[a-z-]+:([a-z]{2,4}(?:-[a-z]+)+-\d+):/
/** Cross-region inference profiles (https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-support.html). */
const crossRegion = /^(?:us|us-gov|eu|apac|jp|au|ca|global)\./

const families: readonly (readonly [RegExp, Family])[] = [
  [/^anthropic|claude/, 'anthropic'], [/^amazon\.nova|^nova/, 'nova'], [/^amazon\.titan/, 'titan'], [/^openai|gpt-oss/, 'openai'],
  [/^qwen/, 'qwen'], [/^cohere/, 'cohere'], [/^mistral/, 'mistral'], [/^meta|^llama/, 'meta'], [/^deepseek/, 'deepseek'],
]

/**
 * Reads `<id>`, `converse/<id>`, `<region>/<id>`, ids with a cross-region prefix, ARNs (also
 * percent-encoded), and `<family>/<arn>` for ARNs that do not tell the family.
 */
export function parseModel(model: string): BedrockModel {
  let rest = decoded(model).replace(routes, '')
  const region = regionPath.exec(rest)?.[1]
  if (region !== undefined) rest = rest.slice(region.length + 1).replace(routes, '')
  const arn = rest.indexOf('arn:')
  const id = arn === -1 ? rest : rest.slice(arn)
  const hint = arn > 0 ? rest.slice(0, arn) : (arn === -1 ? rest : id.slice(id.lastIndexOf('/') + 1))
  const base = hint.toLowerCase().replace(crossRegion, '')
  const family = families.find(([pattern]) => pattern.test(base))?.[1] ?? (arn === -1 ? 'other' : 'unknown')
  return { id, region: region ?? arnRegion.exec(id)?.[1], family, base }
}

function decoded(model: string): string {
  if (!/%(?:3a|2f)/i.test(model)) return model
  try {
    return decodeURIComponent(model)
  } catch {
    return model
  }
}

/** Claude's version as major * 10 + minor (Sonnet 4.6 is 46), 0 when the name does not tell. */
export function claudeVersion({ base }: BedrockModel): number {
  const found = /claude-(?:[a-z]+-)?(\d)(?:-(\d)(?!\d))?/.exec(base)
  return found === null ? 0 : Number(found[1]) * 10 + Number(found[2] ?? 0)
}
