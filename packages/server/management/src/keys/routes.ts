import { createKey, hashKey, type KeyRecord, keyName, type Principal } from '@tianjillm/auth'
import { GatewayError } from '@tianjillm/core'
import { elapsedMs, parseDuration } from '@tianjillm/limits'
import * as v from 'valibot'
import { adminOnly } from '../access.ts'
import { words } from '../answer-fields.ts'
import { defineRoute, type DocumentedRoute } from '../define-route.ts'
import { textParam } from '../search-fields.ts'
import { change, type ManagementOptions, notFound, refusedWrite, spendOf, stampOf } from '../service.ts'
import { deleteBody, generateBody, keyBody, type KeyFields, regenerateBody, serviceAccountBody, updateBody } from './body.ts'
import { findKey, visible } from './find-key.ts'
import { listRoutes } from './list.ts'
import { makeKey, patchKey } from './make-key.ts'
import { settleOwners } from './ownership.ts'
import { keyInfo, keyInfoAnswer, keyMadeAnswer, keyRow, keyRowAnswer } from './wire.ts'

/** `/key/*`. */
export function keyRoutes(options: ManagementOptions): readonly DocumentedRoute[] {
  const { keys } = options.directory
  const row = async (key: KeyRecord) => keyRow(key, await spendOf(options, { key }))
  const edit = (key: KeyRecord, make: (before: KeyRecord) => KeyRecord): Promise<KeyRecord> => change(keys, key.id, 'key', make)
  const writes = { method: 'POST', permission: 'keys:write', tag: 'Keys' } as const

  const make = async ({ key: own, ...body }: v.InferOutput<typeof generateBody>, principal: Principal | undefined) => {
    if (own) adminOnly(principal, 'choose a key')
    const fields = await settleOwners(options, principal, body)
    const { key, record } = makeKey(fields, stampOf(options, principal), own)
    const written = await keys.insert(record)
    if (written !== 'ok') throw refusedWrite(written, 'key')
    return { key, ...(await row(record)) }
  }

  const block = (blocked: boolean) => defineRoute({
    ...writes, paths: [blocked ? '/key/block' : '/key/unblock'], summary: blocked ? 'Blocks a key, for admins.' : 'Lets a blocked key in again, for admins.', body: keyBody, answer: keyRowAnswer,
    async handle({ body: { key: named }, principal }) {
      const found = await findKey(options, principal, named, 'write')
      adminOnly(principal, 'block and unblock keys')
      const { now, by } = stampOf(options, principal)
      return row(await edit(found, (before) => ({ ...before, blocked, updatedAt: now, updatedBy: by })))
    },
  })

  return [
    defineRoute({
      ...writes, paths: ['/key/generate'], summary: 'Makes a key.', body: generateBody,
      example: { key_alias: 'ci', models: ['gpt-4o'], max_budget: 20, budget_duration: '30d', rpm_limit: 60 },
      answer: keyMadeAnswer,
      handle: ({ body, principal }) => make(body, principal),
    }),
    defineRoute({
      ...writes, paths: ['/key/service-account/generate'], summary: 'Makes a key that belongs to a team and to no user: it outlives the team\'s members.', body: serviceAccountBody, answer: keyMadeAnswer,
      handle({ body, principal }) {
        if (body.user_id) throw new GatewayError('invalid_request', 'A service account key belongs to its team and to no user: leave `user_id` out.', { param: 'user_id' })
        return make({ ...body, user_id: null, metadata: { ...body.metadata, service_account_id: body.key_alias ?? null } }, principal)
      },
    }),
    defineRoute({
      method: 'GET', paths: ['/key/info'], permission: 'keys:read', tag: 'Keys', summary: 'One key; without `key` the caller\'s own.',
      search: v.object({ key: textParam('A key, or its hash.') }), answer: v.object({ key: v.string(), info: keyInfoAnswer }),
      async handle({ search: { key: named }, principal }) {
        const key = named === undefined ? principal?.key : await findKey(options, principal, named, 'read')
        if (!key) throw named === undefined ? new GatewayError('invalid_request', 'Name a key: /key/info?key=...', { param: 'key' }) : notFound('key')
        return { key: named ?? key.hash, info: keyInfo(key, await spendOf(options, { key })) }
      },
    }),
    defineRoute({
      ...writes, paths: ['/key/update'], summary: 'Changes a key: absent fields stay, null clears.', body: updateBody,
      example: { key: 'sk-...', max_budget: 50, rpm_limit: null },
      answer: keyMadeAnswer,
      async handle({ body: { key: named, ...body }, principal }) {
        const found = await findKey(options, principal, named, 'write')
        const fields = await settleOwners(options, principal, body, found)
        const after = await edit(found, (before) => patchKey(before, fields, stampOf(options, principal)))
        return { key: named, ...(await row(after)) }
      },
    }),
    defineRoute({
      ...writes, paths: ['/key/delete'], summary: 'Deletes keys: all that are named, or none.', body: deleteBody,
      example: { key_aliases: ['ci'] },
      answer: v.object({ deleted_keys: words }),
      async handle({ body: { keys: named, key_aliases: aliases }, principal }) {
        const found: KeyRecord[] = []
        // All or nothing: every key is found before the first is deleted.
        for (const name of named ?? []) found.push(await findKey(options, principal, name, 'write'))
        for (const alias of aliases ?? []) {
          const [key] = (await keys.list({ filter: { alias }, limit: 1 })).records
          if (!key) throw notFound('key')
          found.push(await visible(options, principal, key, 'write'))
        }
        if (found.length === 0) throw new GatewayError('invalid_request', 'Name at least one key in `keys` or `key_aliases`.', { param: 'keys' })
        for (const key of found) await keys.delete(key.id)
        return { deleted_keys: named && named.length > 0 ? named : found.map(({ hash }) => hash) }
      },
    }),
    block(true),
    block(false),
    defineRoute({
      ...writes, paths: ['/key/regenerate', '/key/:key/regenerate'], summary: 'Gives a key a new secret; the old one works on for the grace period.', body: regenerateBody,
      example: { key: 'sk-...', grace_period: '24h' },
      answer: keyMadeAnswer,
      async handle({ body: { key: inBody, new_key: own, grace_period: grace, ...body }, principal, params }) {
        const named = params['key'] ?? inBody
        if (own) adminOnly(principal, 'choose a key')
        const found = named ? await findKey(options, principal, named, 'write') : principal?.key
        if (!found) throw new GatewayError('invalid_request', 'Name the key to regenerate.', { param: 'key' })
        const fields: KeyFields = await settleOwners(options, principal, body, found)
        const key = own ?? createKey()
        const at = stampOf(options, principal)
        const after = await edit(found, (before) => ({
          ...patchKey(before, fields, at), hash: hashKey(key), name: keyName(key),
          previousHash: grace ? before.hash : null, previousUntil: grace ? at.now + elapsedMs(parseDuration(grace)!) : null,
        }))
        return { key, ...(await row(after)) }
      },
    }),
    ...listRoutes(options),
  ]
}
