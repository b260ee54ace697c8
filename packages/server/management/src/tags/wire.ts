import type { TagRecord } from '@tianjillm/auth'
import * as v from 'valibot'
import { moment, named, textOrNone, words } from '../answer-fields.ts'
import { holderAnswer, holderFields, spentToWire } from '../budgets/wire.ts'
import { instant } from '../fields.ts'
import type { Spent } from '../service.ts'

export const tagAnswer = named('Tag', v.object({ name: v.string(), description: textOrNone, models: words, model_info: v.record(v.string(), v.string()), ...holderAnswer, created_at: moment, updated_at: moment, created_by: v.string() }))

/** LiteLLM's words, by which its clients tell these tags from those that have a record. */
const DYNAMIC = 'This is just a spend tag that was passed dynamically in a request. It does not control any LLM models.'

/** A tag of a list: one that has no record limits nothing. */
export const listedTagAnswer = v.union([tagAnswer, named('DynamicTag', v.object({ name: v.string(), description: v.string(), models: v.null(), created_at: moment, updated_at: moment }))])

/** A tag that calls alone named. @param first, last days of such calls */
export function dynamicTag(name: string, first: string, last: string) {
  return { name, description: DYNAMIC, models: null, created_at: `${first}T00:00:00.000Z`, updated_at: `${last}T00:00:00.000Z` }
}

/** A tag as it is on record. */
export function tagFields(tag: TagRecord) {
  return {
    name: tag.id, description: tag.description, models: tag.models, model_info: Object.fromEntries(tag.models.map((model) => [model, model])),
    ...holderFields(tag), created_at: instant(tag.createdAt), updated_at: instant(tag.updatedAt), created_by: tag.createdBy,
  }
}

/** A tag as LiteLLM shows it. */
export function tagToWire(tag: TagRecord, spent: Spent) {
  return { ...tagFields(tag), ...spentToWire(spent) }
}
