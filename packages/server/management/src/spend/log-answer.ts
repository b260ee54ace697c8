import * as v from 'valibot'
import { moment, named, openRecord, textOrNone, words } from '../answer-fields.ts'

/** A row of LiteLLM's SpendLogs, as `toSpendLog` writes it. */
export const spendLogAnswer = named('SpendLog', v.object({
  request_id: v.string(),
  call_type: v.string(),
  api_key: v.pipe(v.string(), v.description('Hash of the key; empty for the master key.')),
  spend: v.pipe(v.number(), v.description('USD; 0 also where no price is known, which `metadata.price_unknown` tells.')),
  total_tokens: v.number(),
  prompt_tokens: v.number(),
  completion_tokens: v.number(),
  startTime: moment,
  endTime: moment,
  completionStartTime: moment,
  request_duration_ms: v.number(),
  model: v.string(),
  model_id: v.string(),
  model_group: v.string(),
  custom_llm_provider: v.string(),
  api_base: v.string(),
  user: v.string(),
  metadata: openRecord,
  cache_hit: v.string(),
  cache_key: v.string(),
  request_tags: words,
  team_id: textOrNone,
  organization_id: textOrNone,
  end_user: v.string(),
  status: v.string(),
}))

/** LiteLLM's sum of a day: beside the named fields one for each key, by its hash. */
export const spendDayAnswer = named('SpendDay', v.looseObject({ startTime: v.string(), spend: v.number(), users: v.record(v.string(), v.number()), models: v.record(v.string(), v.number()) }))
