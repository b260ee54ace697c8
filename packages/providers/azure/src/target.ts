import type { Credential, UpstreamTarget } from '@tianjillm/core'
import { joinUrl, openaiPaths, type OpenAIOperation } from '@tianjillm/provider-kit'

/** API versions that name no date: the resource then takes the model from the body, as OpenAI does. */
const versionless = new Set(['v1', 'preview', 'latest'])

/** How many targets are remembered; models come from callers where the config has wildcards. */
const REMEMBERED = 1000

export interface TargetOptions {
  readonly apiBase: string
  readonly apiVersion: string
  readonly headers: Readonly<Record<string, string>>
  readonly credential: Credential | undefined
}

/**
 * Where a call goes: `{resource}/openai/deployments/{deployment}/{path}?api-version=...`. The same object for
 * the same deployment.
 * Source: https://learn.microsoft.com/azure/ai-services/openai/reference, for responses https://learn.microsoft.com/azure/ai-foundry/openai/how-to/responses
 */
export function createTargets({ apiBase, apiVersion, headers, credential }: TargetOptions): (operation: OpenAIOperation, model: string) => UpstreamTarget {
  const made = new Map<string, UpstreamTarget>()
  return (operation, model) => {
    const key = `${operation} ${model}`
    let target = made.get(key)
    if (!target) {
      target = { url: urlOf(apiBase, apiVersion, operation, model), headers, ...(credential && { credential }) }
      if (made.size >= REMEMBERED) made.clear()
      made.set(key, target)
    }
    return target
  }
}

/** From this version on the dated API has responses, beside the deployments' path: the model is in the body. Earlier ones do not know them; the versionless API does. */
const RESPONSES_SINCE = '2025-03-01'

function urlOf(apiBase: string, apiVersion: string, operation: OpenAIOperation, model: string): string {
  const path = openaiPaths[operation]
  if (versionless.has(apiVersion)) return joinUrl(withPath(apiBase, '/openai/v1'), `${path}${apiVersion === 'v1' ? '' : `?api-version=${apiVersion}`}`)
  if (operation === 'responses') {
    const resource = apiBase.replace(/\/openai\/deployments\/.*$/, '')
    return apiVersion < RESPONSES_SINCE ? joinUrl(withPath(resource, '/openai/v1'), path) : joinUrl(withPath(resource, '/openai'), `${path}?api-version=${encodeURIComponent(apiVersion)}`)
  }
  // An address may name its deployment already.
  const root = apiBase.includes('/openai/deployments/') ? apiBase : joinUrl(withPath(apiBase, '/openai'), `/deployments/${encodeURIComponent(model)}`)
  return joinUrl(root, `${path}?api-version=${encodeURIComponent(apiVersion)}`)
}

function withPath(base: string, path: string): string {
  const trimmed = base.replace(/\/+$/, '')
  return trimmed.endsWith(path) ? trimmed : joinUrl(trimmed.replace(/\/openai$/, ''), path)
}
