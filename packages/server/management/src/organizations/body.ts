import type { OrganizationRecord, Stamp } from '@tianjillm/auth'
import * as v from 'valibot'
import { id, inert, metadata, names, patch, patched, text } from '../fields.ts'
import { holderEntries, patchHolder } from '../limit-fields.ts'

const entries = { organization_alias: patch(text), models: patch(names), metadata: patch(metadata), blocked: patch(v.boolean()), ...holderEntries, ...inert('tags', 'model_aliases', 'object_permission', 'router_settings', 'spend') }
export const newOrganizationBody = v.strictObject({ ...entries, organization_id: v.optional(v.nullable(id)) })
export const updateOrganizationBody = v.strictObject({ ...entries, organization_id: id })

/** The record with what the body says: absent keeps, null clears. */
export function patchOrganization(before: OrganizationRecord, body: Omit<v.InferOutput<typeof updateOrganizationBody>, 'organization_id'>, { now, by }: Stamp): OrganizationRecord {
  return {
    ...before,
    ...patchHolder(before, body),
    alias: patched(body.organization_alias, before.alias, null),
    models: patched(body.models, before.models, []),
    metadata: patched(body.metadata, before.metadata, {}),
    blocked: patched(body.blocked, before.blocked, false),
    updatedAt: now,
    updatedBy: by,
  }
}
