import { noUsage, type Usage } from '@tianjillm/core'
import type { LedgerEntry } from '@tianjillm/spend'
import type { spendLog } from '../schema.ts'

type Row = typeof spendLog.$inferSelect

export function toEntry(row: Row): LedgerEntry {
  const optional = {
    callId: row.callId,
    firstByteAt: row.firstByteAt?.getTime(),
    modelGroup: row.modelGroup,
    limitModel: row.limitModel,
    deploymentId: row.deploymentId,
    provider: row.provider,
    apiBase: row.apiBase,
    keyHash: row.keyHash,
    keyId: row.keyId,
    userId: row.userId,
    teamId: row.teamId,
    organizationId: row.organizationId,
    endUser: row.endUser,
    tags: row.tags,
    usage: row.hasUsage ? tokensOf(row) : undefined,
    costNanoUsd: row.costNanoUsd,
    priceVersion: row.priceVersion,
    errorCode: row.errorCode,
    metadata: row.metadata,
  }
  return {
    id: row.id,
    operation: row.operation,
    status: row.status,
    stream: row.stream,
    startedAt: row.startedAt.getTime(),
    endedAt: row.endedAt.getTime(),
    model: row.model,
    cacheHit: row.cacheHit,
    attempts: row.attempts,
    ...(Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== null && value !== undefined)) as Partial<LedgerEntry>),
  }
}

/** The token columns of a row. */
export function tokensOf(row: Usage): Usage {
  return Object.fromEntries(Object.keys(noUsage).map((key) => [key, row[key as keyof Usage]])) as unknown as Usage
}
