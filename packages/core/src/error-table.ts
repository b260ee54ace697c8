/** What the gateway does and says for one error code. `docs/errors.md` is checked against this table. */
export interface ErrorEntry {
  /** HTTP status of the answer. */
  readonly status: number
  /** `error.type` on the wire, LiteLLM's value where it documents one. */
  readonly type: string
  /** `error.code` on the wire; absent: the status as a string, as LiteLLM sends it. */
  readonly wireCode?: string
  /** Whether another deployment, or the same one later, may succeed. */
  readonly retryable: boolean
  /** What it means and what to do, for the documentation. */
  readonly help: string
}

const table = {
  invalid_json: { status: 400, type: 'invalid_request_error', retryable: false, help: 'The request body is not valid JSON (or not valid UTF-8). Send one JSON object.' },
  invalid_request: { status: 400, type: 'invalid_request_error', retryable: false, help: 'A field of the request is missing or has the wrong type; `param` names it.' },
  unsupported_parameter: { status: 400, type: 'invalid_request_error', wireCode: 'unsupported_parameter', retryable: false, help: 'The chosen provider has no equivalent of the field named in `param`. Remove it, or set `drop_params: true` to have it dropped and reported in `x-tianjillm-dropped-params`.' },
  unsupported_operation: { status: 400, type: 'invalid_request_error', wireCode: 'unsupported_operation', retryable: false, help: 'The model exists, but its provider does not offer this kind of call.' },
  unsupported_media_type: { status: 415, type: 'invalid_request_error', retryable: false, help: 'Send `content-type: application/json`.' },
  body_too_large: { status: 413, type: 'invalid_request_error', wireCode: 'body_too_large', retryable: false, help: 'The request body is larger than `general_settings.max_request_size_mb` allows.' },
  body_too_deep: { status: 400, type: 'invalid_request_error', wireCode: 'body_too_deep', retryable: false, help: 'The request JSON is nested too deeply.' },
  request_timeout: { status: 408, type: 'invalid_request_error', wireCode: 'request_timeout', retryable: false, help: 'The request body did not arrive in time.' },
  unknown_model: { status: 400, type: 'invalid_request_error', wireCode: 'model_not_found', retryable: false, help: 'No deployment serves the model named in `model`. `GET /v1/models` lists the names.' },
  unknown_route: { status: 404, type: 'not_found_error', retryable: false, help: 'There is no such path.' },
  method_not_allowed: { status: 405, type: 'invalid_request_error', retryable: false, help: 'The path exists, with another method.' },
  missing_key: { status: 401, type: 'auth_error', wireCode: 'invalid_api_key', retryable: false, help: 'Send the key as `Authorization: Bearer sk-...`.' },
  invalid_key: { status: 401, type: 'token_not_found_in_db', wireCode: 'invalid_api_key', retryable: false, help: 'The key is not known here. Ask your administrator for one.' },
  expired_key: { status: 401, type: 'expired_key', retryable: false, help: 'The key has expired. Ask your administrator for a new one, or for a longer `duration`.' },
  blocked_key: { status: 401, type: 'auth_error', retryable: false, help: 'The key, its team, user or organization is blocked. An administrator lifts it with `/key/unblock`, `/team/unblock`, `/user/update` or `/organization/update`.' },
  key_model_access_denied: { status: 403, type: 'key_model_access_denied', retryable: false, help: 'The `models` of the key do not include the model. `GET /v1/models` lists those that the key may call.' },
  team_model_access_denied: { status: 403, type: 'team_model_access_denied', retryable: false, help: 'The `models` of the key\'s team do not include the model.' },
  user_model_access_denied: { status: 403, type: 'user_model_access_denied', retryable: false, help: 'The `models` of the key\'s user do not include the model.' },
  org_model_access_denied: { status: 403, type: 'org_model_access_denied', retryable: false, help: 'The `models` of the key\'s organization do not include the model.' },
  blocked_customer: { status: 400, type: 'invalid_request_error', retryable: false, help: 'The end user named in the request is blocked. An administrator lifts it with `/customer/unblock`.' },
  budget_exceeded: { status: 429, type: 'budget_exceeded', retryable: false, help: 'The budget named in the message does not cover the call. What calls in flight may still cost counts until they are settled. Raise `max_budget`, or wait for the reset.' },
  limits_unavailable: { status: 503, type: 'internal_server_error', wireCode: 'limits_unavailable', retryable: true, help: 'The caller has a hard budget, and Redis, where replicas count it together, does not answer or has just lost its data. Retry after `retry-after` seconds. `general_settings.limits_when_unavailable: open` counts budgets in each process meanwhile.' },
  unpriced_model: { status: 400, type: 'invalid_request_error', wireCode: 'unpriced_model', retryable: false, help: 'No price is known for the model: a key with a hard budget may not call it, and its cost cannot be calculated. Set prices in `litellm_params` or `model_info.base_model`, or `general_settings.allow_unpriced_models_on_budgets: true`.' },
  rate_limit_exceeded: { status: 429, type: 'throttling_error', wireCode: 'rate_limit_exceeded', retryable: true, help: 'The limit named in the message is used up for this window. `retry-after` tells the seconds to wait, `rate_limit_type` what was counted.' },
  not_found: { status: 404, type: 'not_found_error', retryable: false, help: 'There is no such object, or the caller may not see it.' },
  previous_response_not_found: { status: 400, type: 'invalid_request_error', wireCode: 'previous_response_not_found', retryable: false, help: 'There is no response with the id in `previous_response_id`, or it is not the caller\'s. Ids are those that this gateway handed out, to the same key (`general_settings.response_id_scope` widens that).' },
  already_exists: { status: 409, type: 'bad_request_error', wireCode: 'already_exists', retryable: false, help: 'An object with that id or alias exists.' },
  changed_meanwhile: { status: 409, type: 'bad_request_error', wireCode: 'changed_meanwhile', retryable: true, help: 'Somebody else changed the object at the same moment. Read it again and retry.' },
  owned_by_config: { status: 409, type: 'bad_request_error', wireCode: 'owned_by_config', retryable: false, help: 'The config file sets what is named in `param`, so it cannot be changed over the API. Change the file and restart, or take it out of the file.' },
  storing_is_off: { status: 400, type: 'bad_request_error', wireCode: 'storing_is_off', retryable: false, help: 'Models, access groups, fallbacks and settings are kept over the API only with `general_settings.store_model_in_db: true` (or `STORE_MODEL_IN_DB=True` in the environment).' },
  sealed_differently: { status: 500, type: 'internal_server_error', wireCode: 'sealed_differently', retryable: false, help: 'A stored secret cannot be decrypted: `LITELLM_SALT_KEY` (or, without it, the master key) is not the one that it was encrypted with. Set it back, or enter the secret again.' },
  no_cache: { status: 503, type: 'cache_ping_error', wireCode: 'no_cache', retryable: false, help: 'The route is about the answer cache, and there is none. Turn it on with `litellm_settings.cache: true`.' },
  cache_unavailable: { status: 503, type: 'cache_ping_error', wireCode: 'cache_unavailable', retryable: true, help: 'The store of the answer cache does not answer. Calls of models go on without it; taking answers out of it must wait.' },
  no_archive: { status: 400, type: 'invalid_request_error', wireCode: 'no_archive', retryable: false, help: '`general_settings.spend_archive` names no cold store, or another than the one that the calls in question are in.' },
  no_db_connection: { status: 503, type: 'no_db_connection', retryable: true, help: 'The database that keeps keys, budgets and spend cannot be reached, and this call needs it. Keys in use go on working; others, and changes, wait until it is back.' },
  permission_denied: { status: 403, type: 'auth_error', retryable: false, help: 'The key may not use this route.' },
  too_many_parallel_requests: { status: 429, type: 'throttling_error', wireCode: 'rate_limit_exceeded', retryable: true, help: 'More requests are in flight than the limit named in the message allows. Retry after one ends.' },
  guardrail_blocked: { status: 400, type: 'invalid_request_error', wireCode: 'content_policy_violation', retryable: false, help: 'A guardrail refused the text; the message names it.' },
  guardrail_failed: { status: 503, type: 'internal_server_error', wireCode: 'guardrail_unavailable', retryable: true, help: 'A guardrail that must answer could not. Its `unreachable_fallback` decides between refusing (fail_closed) and passing (fail_open).' },
  no_deployment: { status: 429, type: 'throttling_error', wireCode: 'no_deployment_available', retryable: true, help: 'Every deployment of the model is cooling down or over its limits.' },
  client_closed: { status: 499, type: 'client_closed', retryable: false, help: 'The client went away before the answer was complete.' },
  shutting_down: { status: 503, type: 'internal_server_error', wireCode: 'shutting_down', retryable: true, help: 'This replica is draining. Retry; another one answers.' },
  upstream_invalid_request: { status: 400, type: 'invalid_request_error', retryable: false, help: 'The provider refused the request; its message is passed on.' },
  upstream_context_window: { status: 400, type: 'invalid_request_error', wireCode: 'context_length_exceeded', retryable: false, help: 'The request is longer than the model accepts.' },
  upstream_content_policy: { status: 400, type: 'invalid_request_error', wireCode: 'content_policy_violation', retryable: false, help: 'The provider refused the content.' },
  upstream_auth: { status: 401, type: 'auth_error', retryable: false, help: 'The provider refused the credential that this gateway holds for it. Check the deployment in the config.' },
  upstream_permission: { status: 403, type: 'auth_error', retryable: false, help: 'The credential that this gateway holds may not use this model.' },
  upstream_not_found: { status: 404, type: 'not_found_error', retryable: false, help: 'The provider does not know the model or path. Check the deployment in the config.' },
  upstream_rate_limit: { status: 429, type: 'throttling_error', wireCode: 'rate_limit_exceeded', retryable: true, help: 'The provider is limiting this credential. `Retry-After` is passed on.' },
  upstream_overloaded: { status: 503, type: 'internal_server_error', wireCode: 'upstream_overloaded', retryable: true, help: 'The provider says that it is overloaded or down.' },
  upstream_error: { status: 500, type: 'internal_server_error', wireCode: 'upstream_error', retryable: true, help: 'The provider failed.' },
  upstream_timeout: { status: 408, type: 'internal_server_error', wireCode: 'upstream_timeout', retryable: true, help: 'The provider did not answer within the time-out named in the message (connect, headers, first token, idle or total).' },
  upstream_unreachable: { status: 502, type: 'internal_server_error', wireCode: 'upstream_unreachable', retryable: true, help: 'No connection to the provider could be made, or it broke before the answer.' },
  upstream_interrupted: { status: 502, type: 'internal_server_error', wireCode: 'upstream_interrupted', retryable: true, help: 'The connection to the provider broke in the middle of the answer.' },
  upstream_malformed: { status: 502, type: 'internal_server_error', wireCode: 'upstream_malformed', retryable: true, help: 'The provider answered something that is not its own format.' },
  address_refused: { status: 400, type: 'invalid_request_error', wireCode: 'address_refused', retryable: false, help: 'The address is private, local or uses a scheme or port that is not allowed. Operators allow private upstreams with `general_settings.allow_private_upstreams`.' },
  credential_host_mismatch: { status: 500, type: 'internal_server_error', retryable: false, help: 'A credential was about to be sent to a host that it does not belong to. Nothing was sent.' },
  invalid_config: { status: 400, type: 'invalid_request_error', retryable: false, help: 'The configuration has problems; each is listed with its path.' },
  invalid_plugin: { status: 500, type: 'internal_server_error', retryable: false, help: 'A plugin does not have the shape of the contract; the message names the field.' },
  unknown_plugin: { status: 500, type: 'internal_server_error', retryable: false, help: 'No plugin of that kind and name is registered or installed.' },
  internal: { status: 500, type: 'internal_server_error', wireCode: 'internal_error', retryable: false, help: 'A fault in the gateway. The log has the cause under the request id.' },
} as const satisfies Record<string, ErrorEntry>

/** Every code that the gateway can raise. */
export type ErrorCode = keyof typeof table

/** One table of all errors: code -> status, wire type, wire code, retryable, help. */
export const errorTable: Readonly<Record<ErrorCode, ErrorEntry>> = table
