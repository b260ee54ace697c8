import { isRouteName, KEY_PREFIX } from '@tianjillm/auth'
import { cacheControlNames } from '@tianjillm/cache'
import * as v from 'valibot'
import { adminField } from '../admin-fields.ts'
import { duration, id, inert, metadata, names, patch, text } from '../fields.ts'
import { limitEntries } from '../limit-fields.ts'

const routes = v.array(v.pipe(v.string(), v.check(isRouteName, 'must be a path such as /chat/completions or /key/*, or llm_api_routes, info_routes, management_routes')))
/** A key that the caller thought up. */
const ownKey = v.pipe(v.string(), v.startsWith(KEY_PREFIX, 'must start with `sk-`'), v.regex(/^[\w.~-]+$/, 'must be letters, digits and . ~ - _'), v.minLength(20, 'is too short to be safe: use at least 20 characters'), v.maxLength(500, 'is too long'))
/** A key, or its hash as lists show it: names the record, opens nothing. */
const keyName = v.pipe(v.string(), v.nonEmpty('must not be empty'))

/** What a request may say about caching; empty: everything. */
const cacheControls = v.array(v.picklist(cacheControlNames, `must be one of ${cacheControlNames.join(', ')}`))

const entries = {
  key_alias: patch(text),
  duration: patch(duration),
  models: patch(names),
  aliases: patch(v.record(text, text)),
  user_id: patch(id),
  team_id: patch(id),
  metadata: patch(metadata),
  tags: patch(names),
  allowed_routes: patch(routes),
  allowed_cache_controls: patch(cacheControls),
  blocked: patch(v.boolean()),
  key_type: patch(v.picklist(['default', 'llm_api', 'management', 'read_only'])),
  ...limitEntries,
  ...inert(
    'spend', 'agent_id', 'project_id', 'tpm_limit_type', 'rpm_limit_type', 'default_estimated_output_tokens', 'default_estimated_output_tokens_per_model',
    'config', 'permissions', 'guardrails', 'policies', 'prompts', 'enforced_params', 'allowed_passthrough_routes', 'allowed_vector_store_indexes',
    'object_permission', 'auto_rotate', 'rotation_interval', 'router_settings', 'access_group_ids', 'send_invite_email',
  ),
}

/** A new key is in no organization, and under no budget object, unless an admin says so. */
const newEntries = { ...entries, organization_id: adminField(patch(id), 'set'), budget_id: adminField(patch(id), 'set'), key: adminField(patch(ownKey), 'set') }
/** Nobody but an admin takes a key out of what limits it. */
const changedEntries = { ...entries, organization_id: adminField(patch(id)), budget_id: adminField(patch(id)), blocked: adminField(patch(v.boolean())), allowed_cache_controls: adminField(patch(cacheControls)) }

export const generateBody = v.strictObject(newEntries)

/** A key of a team, and of no user. */
export const serviceAccountBody = v.strictObject({ ...newEntries, team_id: id })

export const updateBody = v.strictObject({ ...changedEntries, key: keyName })

export const regenerateBody = v.strictObject({ ...changedEntries, key: patch(keyName), new_key: adminField(patch(ownKey), 'set'), grace_period: patch(duration) })

export const keyBody = v.strictObject({ key: keyName })

export const deleteBody = v.strictObject({ keys: patch(v.pipe(v.array(keyName), v.maxLength(500, 'holds too many'))), key_aliases: patch(v.pipe(names, v.maxLength(500, 'holds too many'))) })

export type KeyFields = Omit<v.InferOutput<typeof generateBody>, 'key'>
