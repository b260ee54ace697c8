import * as v from 'valibot'
import { named, openRecord } from '../answer-fields.ts'

const numbers = <const Names extends readonly string[]>(...names: Names) => Object.fromEntries(names.map((name) => [name, v.number()])) as Record<Names[number], v.NumberSchema<undefined>>

const metrics = named('SpendMetrics', v.object(numbers('spend', 'prompt_tokens', 'completion_tokens', 'cache_read_input_tokens', 'cache_creation_input_tokens', 'total_tokens', 'successful_requests', 'failed_requests', 'api_requests')))
const ofKey = named('KeySpend', v.object({ metrics, metadata: v.object({ key_alias: v.nullable(v.string()), team_id: v.nullable(v.string()), key_exists: v.boolean() }) }))
const part = v.record(v.string(), named('SpendPart', v.object({ metrics, metadata: openRecord, api_key_breakdown: v.record(v.string(), ofKey) })))
/** One day, and what it is made of. */
const dayAnswer = named('DailyActivity', v.object({ date: v.string(), metrics, breakdown: v.object({ models: part, model_groups: part, providers: part, endpoints: part, mcp_servers: part, api_keys: v.record(v.string(), ofKey), entities: part }) }))

/** LiteLLM's daily activity. Source: `SpendAnalyticsPaginatedResponse` of LiteLLM's OpenAPI document. */
export const dailyAnswer = v.object({
  results: v.array(dayAnswer),
  metadata: v.object({
    ...numbers('total_spend', 'total_prompt_tokens', 'total_completion_tokens', 'total_tokens', 'total_api_requests', 'total_successful_requests', 'total_failed_requests', 'total_cache_read_input_tokens', 'total_cache_creation_input_tokens', 'page', 'total_pages'),
    has_more: v.boolean(),
  }),
})
