import type { UpstreamTarget } from '@tianjillm/core'
import { bearer, headerCredential, joinUrl } from '@tianjillm/provider-kit'
import type { AnthropicConfig } from './config.ts'

/** OAuth tokens (Claude subscriptions) are bearer tokens and need this feature. */
const OAUTH_PREFIX = 'sk-ant-oat'
const OAUTH_BETA = 'oauth-2025-04-20'

/** More sets of features than this are not kept: each is one small object, and a caller chooses them. */
const MAX_TARGETS = 64

/** Where requests go, by the beta features that they need. The same object for the same features. */
export function createTargets(config: AnthropicConfig): (betas: readonly string[]) => UpstreamTarget {
  const url = messagesUrl(config.api_base)
  const oauth = config.api_key.startsWith(OAUTH_PREFIX)
  const credential = oauth ? bearer(config.api_key, config.api_base) : headerCredential({ 'x-api-key': config.api_key }, config.api_base)
  const { 'anthropic-beta': extraBeta, ...extra } = lowerCase(config.extra_headers)
  const always = [...namesOf(config.anthropic_beta), ...namesOf(extraBeta ?? []), ...(oauth ? [OAUTH_BETA] : [])]
  const make = (betas: readonly string[]): UpstreamTarget => {
    const all = [...new Set([...always, ...betas])]
    return {
      url,
      headers: { 'anthropic-version': config.anthropic_version, ...(all.length > 0 && { 'anthropic-beta': all.join(',') }), ...extra },
      credential,
    }
  }
  const plain = make([])
  const made = new Map<string, UpstreamTarget>()
  return (betas) => {
    if (betas.length === 0) return plain
    const key = betas.join(',')
    let target = made.get(key)
    if (!target) {
      target = make(betas)
      if (made.size < MAX_TARGETS) made.set(key, target)
    }
    return target
  }
}

/** LiteLLM accepts a base with and without the path. */
function messagesUrl(base: string): string {
  const path = new URL(base).pathname.replace(/\/+$/, '')
  if (path.endsWith('/v1/messages')) return joinUrl(base, '')
  return joinUrl(base, path.endsWith('/v1') ? 'messages' : 'v1/messages')
}

function namesOf(value: string | readonly string[]): string[] {
  return (typeof value === 'string' ? value.split(',') : [...value]).map((name) => name.trim()).filter(Boolean)
}

function lowerCase(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
}
