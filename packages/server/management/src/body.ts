import type { Query, QueryAnswer } from '@tianjillm/gateway'
import * as v from 'valibot'
import { unknownKey } from '@tianjillm/core'

/** A strict body: every field is declared, others are refused with the name that was probably meant. */
export type BodySchema = v.StrictObjectSchema<v.ObjectEntries, undefined>

interface Detail {
  readonly loc: readonly (string | number)[]
  readonly msg: string
  readonly type: string
}

/**
 * A route's answer behind its body schema: what does not fit is answered with 422, in FastAPI's shape
 * (which LiteLLM's clients read) and in OpenAI's. Values are never repeated; they may be keys.
 */
export function withBody<const Schema extends BodySchema>(schema: Schema, answer: (body: v.InferOutput<Schema>, query: Query) => Promise<QueryAnswer>): (query: Query) => Promise<QueryAnswer> {
  return async (query) => {
    const result = v.safeParse(schema, query.body)
    if (result.success) return answer(result.output, query)
    const detail = result.issues.map((issue) => detailOf(schema, issue))
    const first = detail[0]!
    const param = first.loc.slice(1).join('.')
    const message = detail.map(({ loc, msg }) => `\`${loc.slice(1).join('.')}\` ${msg}`).join(' ')
    return { status: 422, body: { error: { message, type: 'invalid_request_error', param, code: '422' }, detail } }
  }
}

function detailOf(schema: BodySchema, issue: v.BaseIssue<unknown>): Detail {
  const path = (issue.path ?? []).map(({ key }) => key as string | number)
  const loc = ['body', ...path]
  if (issue.type === 'strict_object' && issue.expected === 'never') return { loc, msg: path.length === 1 ? unknownKey(String(path[0]), Object.keys(schema.entries)) : 'unknown key.', type: 'extra_forbidden' }
  if (issue.received === 'undefined') return { loc, msg: 'is missing.', type: 'missing' }
  return { loc, msg: issue.message.startsWith('Invalid') ? `must be ${issue.expected ?? 'of another kind'}.` : `${issue.message}.`, type: 'value_error' }
}
