import type { Principal } from '@tianjillm/auth'
import { GatewayError } from '@tianjillm/core'
import * as v from 'valibot'
import { isAdmin } from './access.ts'
import type { ObjectOf } from './validation.ts'

/** When a field is a proxy admin's to write: whenever it is sent, or when it holds something (null is what a new record has anyway). */
type When = 'sent' | 'set'

/** Marks a body's field that only proxy admins may write. Whoever else sends it is refused before the handler runs. */
export const adminField = <Schema extends v.GenericSchema>(schema: Schema, when: When = 'sent') => v.pipe(schema, v.metadata({ adminsWhen: when, description: 'For proxy admins only.' }))

/** The names of a body's fields that are marked so. */
export function adminFields(body: ObjectOf<'strict_object'>): ReadonlyMap<string, When> {
  return new Map(Object.entries(body.entries).flatMap(([name, schema]) => {
    const when = v.getMetadata(schema as v.GenericSchema)['adminsWhen']
    return when === 'sent' || when === 'set' ? [[name, when] as const] : []
  }))
}

/** @throws `permission_denied` naming the field */
export function checkAdminFields(fields: ReadonlyMap<string, When>, body: Readonly<Record<string, unknown>>, principal: Principal | undefined): void {
  if (isAdmin(principal)) return
  for (const [name, when] of fields) {
    const value = body[name]
    if (value !== undefined && (when === 'sent' || value !== null)) throw new GatewayError('permission_denied', `Only a proxy admin may set \`${name}\`.`, { param: name })
  }
}
