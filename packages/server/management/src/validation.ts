import type { QueryAnswer } from '@tianjillm/gateway'
import type * as v from 'valibot'
import { unknownKey } from '@tianjillm/core'

/** A schema of an object's fields: strict ones refuse fields that are not declared. */
export type ObjectOf<Kind extends 'strict_object' | 'object'> = Kind extends 'object' ? v.ObjectSchema<v.ObjectEntries, undefined> : v.StrictObjectSchema<v.ObjectEntries, undefined>

interface Detail {
  readonly loc: readonly (string | number)[]
  readonly msg: string
  readonly type: string
}

/**
 * What does not fit is answered with 422, in FastAPI's shape (which LiteLLM's clients read) and in OpenAI's.
 * Values are never repeated; they may be keys.
 */
export function invalid(where: 'body' | 'query', schema: ObjectOf<'strict_object' | 'object'>, issues: readonly v.BaseIssue<unknown>[]): QueryAnswer {
  const detail = issues.map((issue) => detailOf(where, schema, issue))
  const first = detail[0]!
  const message = detail.map(({ loc, msg }) => `\`${loc.slice(1).join('.')}\` ${msg}`).join(' ')
  return { status: 422, body: { error: { message, type: 'invalid_request_error', param: first.loc.slice(1).join('.'), code: '422' }, detail } }
}

function detailOf(where: string, schema: ObjectOf<'strict_object' | 'object'>, issue: v.BaseIssue<unknown>): Detail {
  const path = (issue.path ?? []).map(({ key }) => key as string | number)
  const loc = [where, ...path]
  if (issue.type === 'strict_object' && issue.expected === 'never') return { loc, msg: path.length === 1 ? unknownKey(String(path[0]), Object.keys(schema.entries)) : 'unknown key.', type: 'extra_forbidden' }
  if (issue.received === 'undefined') return { loc, msg: 'is missing.', type: 'missing' }
  return { loc, msg: issue.message.startsWith('Invalid') ? `must be ${issue.expected ?? 'of another kind'}.` : `${issue.message}.`, type: 'value_error' }
}
