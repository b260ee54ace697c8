import { hash } from 'node:crypto'
import type { Operation } from '@tianjillm/core'
import { canonical } from './canonical.ts'
import type { Tenant } from './tenant.ts'

declare const brand: unique symbol

/** The name of an answer: 64 hexadecimal digits that depend on the tenant and on all that may change the answer. */
export type CacheKey = string & { readonly [brand]: 'key' }

/** What an answer is named by. */
export interface Question {
  readonly tenant: Tenant
  readonly operation: Operation
  /** The format that the answer is kept in. */
  readonly dialect: string
  /** The models that may answer: a caller's name for them may mean others for another caller. */
  readonly group: string
  readonly body: Readonly<Record<string, unknown>>
  /** Keeps answers apart that are otherwise the same, by the caller's or the operator's word. */
  readonly namespace?: string
}

/**
 * Fields of a request that do not change what a model answers: how it is delivered, who asks, what it is filed
 * under. The tenant is in the key already.
 */
const indifferent: ReadonlySet<string> = new Set(['stream', 'stream_options', 'cache', 'metadata', 'litellm_metadata', 'tags', 'user', 'safety_identifier', 'num_retries', 'priority'])

/** The key of a question. Streamed or not, it is the same. */
export function cacheKey(question: Question): CacheKey {
  return digest('answer', question, canonical(question.body, indifferent)) as CacheKey
}

export function digest(what: string, { tenant, operation, dialect, group, namespace = '' }: Question, request: string): string {
  return hash('sha256', `${JSON.stringify([what, tenant, operation, dialect, group, namespace])}\n${request}`)
}

/** What {@link canonical} leaves out of a request at the top. */
export { indifferent }
