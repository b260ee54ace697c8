import { toHeaders } from '@tianjillm/callback-kit'
import * as v from 'valibot'
import { signingKey } from './sign.ts'

const url = v.pipe(v.string(), v.url(), v.startsWith('http', 'Write an http: or https: URL.'))
const event = v.picklist(['success', 'failure', 'llm_api_success', 'llm_api_failure'])
const format = v.picklist(['json_array', 'ndjson', 'single'])
const headers = v.pipe(
  v.union([v.string(), v.record(v.string(), v.string())]),
  v.rawTransform(({ dataset, addIssue, NEVER }) => {
    try {
      return toHeaders(dataset.value)
    } catch (error) {
      addIssue({ message: (error as Error).message })
      return NEVER
    }
  }),
  v.metadata({ secret: true, description: 'An object, or `name=value,name=value`. Sent to the URL\'s host only.' }),
)
const secret = v.pipe(
  v.string(),
  v.check((text) => signingKey(text) !== undefined, 'Write `whsec_` and 24 to 64 bytes in base64, or any other text of at least 24 characters.'),
  v.metadata({ secret: true }),
)

/** What an operator may write. `endpoint`, `event_types` and `log_format` are LiteLLM's names for `url`, `events` and `format`. */
export const webhookConfig = v.pipe(
  v.strictObject({
    url: v.optional(v.pipe(url, v.metadata({ description: 'Where records are posted. This or `endpoint` is required.' }))),
    endpoint: v.optional(v.pipe(url, v.metadata({ description: 'LiteLLM\'s name for `url`.' }))),
    secret: v.optional(v.pipe(v.union([secret, v.array(secret)]), v.metadata({ secret: true, description: 'Signs requests: `whsec_` and base64, or any text of at least 24 characters; a list while you rotate.' }))),
    headers: v.optional(headers, {}),
    batch_size: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10_000), v.metadata({ description: 'Records in a request.' })), 100),
    flush_interval: v.optional(v.pipe(v.number(), v.minValue(0.1), v.maxValue(3600), v.metadata({ description: 'Seconds that a record may wait for its batch to fill.' })), 5),
    timeout: v.optional(v.pipe(v.number(), v.minValue(0.1), v.maxValue(600), v.metadata({ description: 'Seconds for one attempt.' })), 20),
    events: v.optional(v.pipe(v.array(event), v.minLength(1), v.metadata({ description: 'Which calls are posted; default both. Failed, cancelled and blocked calls are failures.' }))),
    event_types: v.optional(v.pipe(v.array(event), v.minLength(1), v.metadata({ description: 'LiteLLM\'s name for `events`.' }))),
    format: v.optional(v.pipe(format, v.metadata({ description: 'One JSON array, one object a line, or one object a request. Default `json_array`.' }))),
    log_format: v.optional(v.pipe(format, v.metadata({ description: 'LiteLLM\'s name for `format`.' }))),
    turn_off_message_logging: v.optional(v.pipe(v.boolean(), v.metadata({ description: 'Leaves `messages`, `model_parameters` and `response` out.' })), false),
  }),
  v.forward(v.check(({ url, endpoint }) => (url ?? endpoint) !== undefined, 'Write the URL that records are posted to.'), ['url']),
  v.transform(({ url, endpoint, events, event_types, format, log_format, secret, ...rest }) => ({
    ...rest,
    // An `endpoint` can come from the environment; what the config calls `url` wins over it.
    url: (url ?? endpoint) as string,
    secrets: secret === undefined ? [] : [secret].flat(),
    statuses: new Set((events ?? event_types ?? ['success', 'failure']).map((name) => name.replace('llm_api_', '') as 'success' | 'failure')),
    format: format ?? log_format ?? 'json_array',
  })),
)

export type WebhookConfig = v.InferOutput<typeof webhookConfig>
