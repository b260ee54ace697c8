import { type Author, createKey, hashKey, type KeyRecord, keyName } from '@tianjillm/auth'
import { GatewayError } from '@tianjillm/core'
import { elapsedMs, parseDuration } from '@tianjillm/limits'
import * as v from 'valibot'
import { adminOnly } from '../access.ts'
import { words } from '../answer-fields.ts'
import { each } from '../bulk.ts'
import { type Caller, defineRoute, type DocumentedRoute } from '../define-route.ts'
import { textParam } from '../search-fields.ts'
import { authorOf, change, type ManagementOptions, notFound, refusedWrite, spendOf } from '../service.ts'
import { checkMember, type MemberPermission } from '../teams/member-permissions.ts'
import { bulkKeyRoutes } from './bulk-routes.ts'
import { deleteBody, generateBody, keyBody, type KeyFields, regenerateBody, serviceAccountBody, updateBody } from './body.ts'
import { findAlias, findKey } from './find-key.ts'
import { keyHealthRoute } from './health.ts'
import { listRoutes } from './list.ts'
import { makeKey, patchKey } from './make-key.ts'
import { settleOwners } from './ownership.ts'
import { resetSpendRoute } from './reset-spend.ts'
import { updateKey } from './update.ts'
import { keyInfo, keyInfoAnswer, keyMadeAnswer, keyRow, keyRowAnswer } from './wire.ts'

/** `/key/*`. */
export function keyRoutes(options: ManagementOptions): readonly DocumentedRoute[] {
  const { keys } = options.directory
  const row = async (key: KeyRecord) => keyRow(key, await spendOf(options, { key }))
  const edit = (key: KeyRecord, author: Author, make: (before: KeyRecord) => KeyRecord): Promise<KeyRecord> => change(keys, key.id, 'key', author, make)
  const writes = { method: 'POST', permission: 'keys:write', tag: 'Keys' } as const

  const make = async ({ key: own, ...body }: v.InferOutput<typeof generateBody>, caller: Caller, route: MemberPermission) => {
    const { principal } = caller
    const stamp = authorOf(options, caller)
    const fields = await settleOwners(options, principal, stamp, route, body)
    const { key, record } = makeKey(fields, stamp, own)
    const written = await keys.insert(record, stamp)
    if (written !== 'ok') throw refusedWrite(written, 'key')
    return { key, ...(await row(record)) }
  }

  const block = (blocked: boolean) => defineRoute({
    ...writes, paths: [blocked ? '/key/block' : '/key/unblock'], summary: blocked ? 'Blocks a key, for admins.' : 'Lets a blocked key in again, for admins.', body: keyBody, answer: keyRowAnswer,
    async handle({ body: { key: named }, principal, caller }) {
      const found = await findKey(options, principal, named, 'write')
      adminOnly(principal, 'block and unblock keys')
      const stamp: Author = { ...authorOf(options, caller), action: blocked ? 'blocked' : 'unblocked' }
      return row(await edit(found, stamp, (before) => ({ ...before, blocked })))
    },
  })

  return [
    defineRoute({
      ...writes, paths: ['/key/generate'], summary: 'Makes a key.', body: generateBody,
      example: { key_alias: 'ci', models: ['gpt-4o'], max_budget: 20, budget_duration: '30d', rpm_limit: 60 },
      answer: keyMadeAnswer,
      handle: ({ body, caller }) => make(body, caller, '/key/generate'),
    }),
    defineRoute({
      ...writes, paths: ['/key/service-account/generate'], summary: 'Makes a key that belongs to a team and to no user: it outlives the team\'s members.', body: serviceAccountBody, answer: keyMadeAnswer,
      handle({ body, caller }) {
        if (body.user_id) throw new GatewayError('invalid_request', 'A service account key belongs to its team and to no user: leave `user_id` out.', { param: 'user_id' })
        return make({ ...body, user_id: null, metadata: { ...body.metadata, service_account_id: body.key_alias ?? null } }, caller, '/key/service-account/generate')
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
      method: 'POST', paths: ['/v2/key/info'], permission: 'keys:read', tag: 'Keys', summary: 'Several keys, by key or alias; those that the caller may not see are left out.', body: deleteBody,
      answer: v.object({ key: v.nullable(words), info: v.array(keyRowAnswer) }),
      async handle({ body: { keys: named, key_aliases: aliases }, principal }) {
        const { done } = await each([...(named ?? []).map((key) => ({ key })), ...(aliases ?? []).map((alias) => ({ alias }))], (one) => ('key' in one ? findKey(options, principal, one.key, 'read') : findAlias(options, principal, one.alias, 'read')))
        if ((named ?? aliases) === undefined || (named ?? aliases) === null) throw new GatewayError('invalid_request', 'Name keys in `keys` or `key_aliases`.', { param: 'keys' })
        return { key: named ?? null, info: await Promise.all(done.map(({ result }) => row(result))) }
      },
    }),
    defineRoute({
      ...writes, paths: ['/key/update'], summary: 'Changes a key: absent fields stay, null clears.', body: updateBody,
      example: { key: 'sk-...', max_budget: 50, rpm_limit: null },
      answer: keyMadeAnswer,
      handle: async ({ body: { key: named, ...body }, caller }) => ({ key: named, ...(await row(await updateKey(options, caller, named, body))) }),
    }),
    defineRoute({
      ...writes, paths: ['/key/delete'], summary: 'Deletes keys: all that are named, or none.', body: deleteBody,
      example: { key_aliases: ['ci'] },
      answer: v.object({ deleted_keys: words }),
      async handle({ body: { keys: named, key_aliases: aliases }, principal, caller }) {
        const found: KeyRecord[] = []
        // All or nothing: every key is found before the first is deleted.
        for (const name of named ?? []) found.push(await findKey(options, principal, name, 'write'))
        for (const alias of aliases ?? []) found.push(await findAlias(options, principal, alias, 'write'))
        for (const { teamId } of found) if (teamId !== null) await checkMember(options, principal, await options.directory.teams.get(teamId), '/key/delete')
        if (found.length === 0) throw new GatewayError('invalid_request', 'Name at least one key in `keys` or `key_aliases`.', { param: 'keys' })
        const stamp = authorOf(options, caller)
        for (const key of found) await keys.delete(key.id, stamp)
        return { deleted_keys: named && named.length > 0 ? named : found.map(({ hash }) => hash) }
      },
    }),
    block(true),
    block(false),
    defineRoute({
      ...writes, paths: ['/key/regenerate', '/key/:key/regenerate'], summary: 'Gives a key a new secret; the old one works on for the grace period.', body: regenerateBody,
      example: { key: 'sk-...', grace_period: '24h' },
      answer: keyMadeAnswer,
      async handle({ body: { key: inBody, new_key: own, grace_period: grace, ...body }, principal, caller, params }) {
        const named = params['key'] ?? inBody
        const found = named ? await findKey(options, principal, named, 'write') : principal?.key
        if (!found) throw new GatewayError('invalid_request', 'Name the key to regenerate.', { param: 'key' })
        const stamp: Author = { ...authorOf(options, caller), action: 'rotated' }
        const fields: KeyFields = await settleOwners(options, principal, stamp, '/key/regenerate', body, found)
        const key = own ?? createKey()
        const after = await edit(found, stamp, (before) => ({
          ...patchKey(before, fields, stamp), hash: hashKey(key), name: keyName(key),
          previousHash: grace ? before.hash : null, previousUntil: grace ? stamp.now + elapsedMs(parseDuration(grace)!) : null,
        }))
        return { key, ...(await row(after)) }
      },
    }),
    resetSpendRoute(options),
    keyHealthRoute(options),
    ...bulkKeyRoutes(options),
    ...listRoutes(options),
  ]
}
