import type { KeyRecord } from '@tianjillm/auth'
import type { Caller } from '../define-route.ts'
import { authorOf, change, type ManagementOptions } from '../service.ts'
import type { KeyFields } from './body.ts'
import { findKey } from './find-key.ts'
import { patchKey } from './make-key.ts'
import { settleOwners } from './ownership.ts'

/** Changes one key as far as the caller may. @param named the key, or its hash @throws `not_found`, `permission_denied`, `already_exists` */
export async function updateKey(options: ManagementOptions, caller: Caller, named: string, body: KeyFields): Promise<KeyRecord> {
  const found = await findKey(options, caller.principal, named, 'write')
  const stamp = authorOf(options, caller)
  const fields = await settleOwners(options, caller.principal, stamp, '/key/update', body, found)
  return change(options.directory.keys, found.id, 'key', stamp, (before) => patchKey(before, fields, stamp))
}
