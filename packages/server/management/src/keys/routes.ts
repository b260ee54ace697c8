import { createKey, hashKey, type KeyFilter, type KeyRecord, keyName, type Principal, type Stamp } from '@tianjillm/auth'
import { GatewayError } from '@tianjillm/core'
import type { Query, QueryAnswer, QueryRoute } from '@tianjillm/gateway'
import { elapsedMs, parseDuration } from '@tianjillm/limits'
import type * as v from 'valibot'
import { adminOnly, managesMembers, seesAll } from '../access.ts'
import { withBody } from '../body.ts'
import { whole } from '../query.ts'
import { change, type ManagementOptions, notFound, refusedWrite, spendOf, stampOf } from '../service.ts'
import { deleteBody, generateBody, keyBody, type KeyFields, regenerateBody, serviceAccountBody, updateBody } from './body.ts'
import { findKey, visible } from './find-key.ts'
import { makeKey, patchKey } from './make-key.ts'
import { settleOwners } from './ownership.ts'
import { keyInfo, keyRow } from './wire.ts'

/** `/key/*`. */
export function keyRoutes(options: ManagementOptions): readonly QueryRoute[] {
  const { keys } = options.directory
  const stamp = (principal: Principal | undefined): Stamp => stampOf(options, principal)
  const row = async (key: KeyRecord, more: object = {}): Promise<QueryAnswer> => ({ status: 200, body: { ...more, ...keyRow(key, await spendOf(options, { key })) } })
  const edit = (key: KeyRecord, make: (before: KeyRecord) => KeyRecord): Promise<KeyRecord> => change(keys, key.id, 'key', make)

  const make = async ({ key: own, ...body }: v.InferOutput<typeof generateBody>, principal: Principal | undefined): Promise<QueryAnswer> => {
    if (own) adminOnly(principal, 'choose a key')
    const fields = await settleOwners(options, principal, body)
    const { key, record } = makeKey(fields, stamp(principal), own)
    const written = await keys.insert(record)
    if (written !== 'ok') throw refusedWrite(written, 'key')
    return row(record, { key })
  }
  const generate = withBody(generateBody, (body, { principal }) => make(body, principal))
  // It outlives the users of its team: nobody's key, but its team's.
  const generateServiceAccount = withBody(serviceAccountBody, (body, { principal }) => {
    if (body.user_id) throw new GatewayError('invalid_request', 'A service account key belongs to its team and to no user: leave `user_id` out.', { param: 'user_id' })
    return make({ ...body, user_id: null, metadata: { ...body.metadata, service_account_id: body.key_alias ?? null } }, principal)
  })

  const info = async ({ principal, search }: Query): Promise<QueryAnswer> => {
    const named = search.get('key') ?? undefined
    const key = named === undefined ? principal?.key : await findKey(options, principal, named, 'read')
    if (!key) throw named === undefined ? new GatewayError('invalid_request', 'Name a key: /key/info?key=...', { param: 'key' }) : notFound('key')
    return { status: 200, body: { key: named ?? key.hash, info: keyInfo(key, await spendOf(options, { key })) } }
  }

  const update = withBody(updateBody, async ({ key: named, ...body }, { principal }) => {
    const found = await findKey(options, principal, named, 'write')
    const fields = await settleOwners(options, principal, body, found)
    const after = await edit(found, (before) => patchKey(before, fields, stamp(principal)))
    return row(after, { key: named })
  })

  const remove = withBody(deleteBody, async ({ keys: named, key_aliases: aliases }, { principal }) => {
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
    return { status: 200, body: { deleted_keys: named && named.length > 0 ? named : found.map(({ hash }) => hash) } }
  })

  const block = (blocked: boolean): ((query: Query) => Promise<QueryAnswer>) =>
    withBody(keyBody, async ({ key: named }, { principal }) => {
      const found = await findKey(options, principal, named, 'write')
      adminOnly(principal, 'block and unblock keys')
      const { now, by } = stamp(principal)
      return row(await edit(found, (before) => ({ ...before, blocked, updatedAt: now, updatedBy: by })))
    })

  const regenerate = withBody(regenerateBody, async ({ key: inBody, new_key: own, grace_period: grace, ...body }, { principal, params }) => {
    const named = params['key'] ?? inBody
    if (own) adminOnly(principal, 'choose a key')
    const found = named ? await findKey(options, principal, named, 'write') : principal?.key
    if (!found) throw new GatewayError('invalid_request', 'Name the key to regenerate.', { param: 'key' })
    const fields: KeyFields = await settleOwners(options, principal, body, found)
    const key = own ?? createKey()
    const at = stamp(principal)
    const after = await edit(found, (before) => ({
      ...patchKey(before, fields, at), hash: hashKey(key), name: keyName(key),
      previousHash: grace ? before.hash : null, previousUntil: grace ? at.now + elapsedMs(parseDuration(grace)!) : null,
    }))
    return row(after, { key })
  })

  return [
    { kind: 'query', method: 'POST', paths: ['/key/generate'], permission: 'keys:write', answer: generate },
    { kind: 'query', method: 'POST', paths: ['/key/service-account/generate'], permission: 'keys:write', answer: generateServiceAccount },
    { kind: 'query', method: 'GET', paths: ['/key/info'], permission: 'keys:read', answer: info },
    { kind: 'query', method: 'POST', paths: ['/key/update'], permission: 'keys:write', answer: update },
    { kind: 'query', method: 'POST', paths: ['/key/delete'], permission: 'keys:write', answer: remove },
    { kind: 'query', method: 'POST', paths: ['/key/block'], permission: 'keys:write', answer: block(true) },
    { kind: 'query', method: 'POST', paths: ['/key/unblock'], permission: 'keys:write', answer: block(false) },
    { kind: 'query', method: 'POST', paths: ['/key/regenerate', '/key/:key/regenerate'], permission: 'keys:write', answer: regenerate },
    { kind: 'query', method: 'GET', paths: ['/key/list'], permission: 'keys:read', answer: (query) => list(options, query) },
  ]
}

async function list(options: ManagementOptions, { principal, search }: Query): Promise<QueryAnswer> {
  const page = whole(search, 'page', 1, 1_000_000)
  const size = whole(search, 'size', 10, 100)
  const pick = (name: string): string | undefined => search.get(name) ?? undefined
  const filter: Record<keyof KeyFilter, string | undefined> = { userId: pick('user_id'), teamId: pick('team_id'), organizationId: pick('organization_id'), alias: pick('key_alias'), hash: pick('key_hash') }
  if (!seesAll(principal)) {
    // Others see their own; a key of nobody sees itself.
    const self = principal?.user?.id
    if (filter.userId === undefined && filter.teamId !== undefined && (await managesTeamOf(options, principal, filter.teamId))) return listed(options, search, filter, page, size)
    if (filter.userId !== undefined && filter.userId !== self) throw notFound('user')
    if (self === undefined) filter.hash = principal?.key?.hash ?? ''
    else filter.userId = self
    const bound = principal?.key?.teamId ?? undefined
    if (bound !== undefined) filter.teamId = bound
  }
  return listed(options, search, filter, page, size)
}

/** Whether a team's keys are all the caller's to see. */
async function managesTeamOf({ directory }: ManagementOptions, principal: Principal | undefined, teamId: string): Promise<boolean> {
  const team = await directory.teams.get(teamId)
  return team !== undefined && managesMembers(directory, principal, team)
}

async function listed(options: ManagementOptions, search: URLSearchParams, filter: Record<keyof KeyFilter, string | undefined>, page: number, size: number): Promise<QueryAnswer> {
  const given = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined)) as KeyFilter
  const { records, total } = await options.directory.keys.list({ filter: given, skip: (page - 1) * size, limit: size })
  const full = search.get('return_full_object') === 'true'
  const shown = full ? await Promise.all(records.map(async (key) => keyRow(key, await spendOf(options, { key })))) : records.map(({ hash }) => hash)
  return { status: 200, body: { keys: shown, total_count: total, current_page: page, total_pages: Math.ceil(total / size) } }
}
