import type { CallRecord } from '@tianjillm/core'
import { maskFields } from '@tianjillm/callback-kit'
import type { AttributeValue } from './attributes.ts'

/** What the conventions have no name for, under `tianjillm.*`; the caller's metadata under `tianjillm.metadata.*`, credentials masked. */
export function gatewayAttributes(record: CallRecord): Record<string, AttributeValue | undefined> {
  const { caller, deployment } = record
  return {
    'tianjillm.call.id': record.id,
    'tianjillm.status': record.status,
    'tianjillm.cache_hit': record.cacheHit,
    'tianjillm.attempts': record.attempts,
    'tianjillm.cost_usd': record.costNanoUsd === undefined ? undefined : { double: record.costNanoUsd / 1e9 },
    'tianjillm.deployment.id': deployment?.id,
    'tianjillm.deployment.model': deployment?.model,
    'tianjillm.key.alias': caller.keyAlias,
    'tianjillm.key.hash': caller.keyHash,
    'tianjillm.user.id': caller.userId,
    'tianjillm.team.id': caller.teamId,
    'tianjillm.organization.id': caller.organizationId,
    'user.id': caller.endUser,
    'client.address': caller.ip,
    'tianjillm.tags': record.tags && record.tags.length > 0 ? record.tags : undefined,
    'tianjillm.guardrails': record.guardrails && record.guardrails.length > 0 ? record.guardrails.map(({ name, on, outcome }) => `${name}:${on}:${outcome}`) : undefined,
    ...metadataAttributes(record.metadata),
  }
}

function metadataAttributes(metadata: CallRecord['metadata']): Record<string, AttributeValue> {
  if (!metadata) return {}
  const { traceparent: _parent, tracestate: _state, ...own } = maskFields(metadata) as Record<string, unknown>
  const attributes: Record<string, AttributeValue> = {}
  for (const [key, value] of Object.entries(own)) {
    if (value === null || value === undefined) continue
    attributes[`tianjillm.metadata.${key}`] = typeof value === 'object' ? JSON.stringify(value) : typeof value === 'number' || typeof value === 'boolean' ? value : String(value)
  }
  return attributes
}
