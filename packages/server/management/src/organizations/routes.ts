import { newOrganization, type OrganizationMember, type OrganizationRecord, type Principal, type Stamp } from '@tianjillm/auth'
import { GatewayError } from '@tianjillm/core'
import type { Query, QueryAnswer, QueryRoute } from '@tianjillm/gateway'
import * as v from 'valibot'
import { adminOnly, managesOrganization, seesAll } from '../access.ts'
import { withBody } from '../body.ts'
import { id, inert, metadata, names, patch, patched, text } from '../fields.ts'
import { holderEntries, patchHolder } from '../limit-fields.ts'
import { all, change, checkBudget, type ManagementOptions, notFound, refusedWrite, stampOf } from '../service.ts'
import { ensureUser } from '../users/ensure-user.ts'
import { membership, organizationToWire } from './wire.ts'

const entries = { organization_alias: patch(text), models: patch(names), metadata: patch(metadata), blocked: patch(v.boolean()), ...holderEntries, ...inert('tags', 'model_aliases', 'object_permission', 'router_settings', 'spend') }
const newBody = v.strictObject({ ...entries, organization_id: v.optional(v.nullable(id)) })
const updateBody = v.strictObject({ ...entries, organization_id: id })
const idsBody = v.strictObject({ organization_ids: v.pipe(v.array(id), v.minLength(1, 'must name at least one')) })
const member = v.pipe(
  v.strictObject({ user_id: v.optional(v.nullable(id)), user_email: v.optional(v.nullable(v.pipe(v.string(), v.email('must be an e-mail address')))), role: v.optional(v.picklist(['org_admin', 'internal_user', 'internal_user_viewer']), 'internal_user') }),
  v.check(({ user_id, user_email }) => Boolean(user_id ?? user_email), 'needs user_id or user_email'),
)
const memberBody = v.strictObject({ organization_id: id, member: v.union([member, v.array(member)], 'must be a member or a list of members'), ...inert('max_budget_in_organization') })
const leaveBody = v.strictObject({ organization_id: id, user_id: v.optional(v.nullable(id)), user_email: v.optional(v.nullable(v.string())) })
type OrganizationFields = Omit<v.InferOutput<typeof updateBody>, 'organization_id'>

/** `/organization/*`. Proxy admins make them; an organization's admins change what is in theirs, its members look at it. */
export function organizationRoutes(options: ManagementOptions): readonly QueryRoute[] {
  const { directory } = options
  const { organizations, users } = directory
  const wire = (organization: OrganizationRecord): Promise<Record<string, unknown>> => organizationToWire(options, organization)
  /** One that the caller manages; others are as if they were not there. */
  const managed = async (principal: Principal | undefined, named: string): Promise<OrganizationRecord> => {
    const organization = await organizations.get(named)
    if (!organization || !(await managesOrganization(directory, principal, named))) throw notFound('organization')
    return organization
  }
  const sees = (principal: Principal | undefined, { members }: OrganizationRecord): boolean => seesAll(principal) || members.some(({ userId }) => userId === principal?.user?.id)

  const create = withBody(newBody, async ({ organization_id, ...body }, { principal }) => {
    adminOnly(principal, 'make organizations')
    await checkBudget(options, body.budget_id)
    const stamp = stampOf(options, principal)
    const organization = patchOrganization(newOrganization(organization_id ?? crypto.randomUUID(), stamp), body, stamp)
    const written = await organizations.insert(organization)
    if (written !== 'ok') throw refusedWrite(written, 'organization')
    return { status: 200, body: await wire(organization) }
  })

  const update = withBody(updateBody, async ({ organization_id, ...body }, { principal }) => {
    await managed(principal, organization_id)
    // What an organization may spend and call is given to it from above.
    adminOnly(principal, 'change organizations')
    await checkBudget(options, body.budget_id)
    const stamp = stampOf(options, principal)
    return { status: 200, body: await wire(await change(organizations, organization_id, 'organization', (before) => patchOrganization(before, body, stamp))) }
  })

  const remove = withBody(idsBody, async ({ organization_ids }, { principal }) => {
    adminOnly(principal, 'delete organizations')
    const found = await Promise.all(organization_ids.map((one) => managed(principal, one)))
    for (const { id: one } of found) {
      const { total } = await directory.teams.list({ filter: { organizationId: one }, limit: 1 })
      if (total > 0) throw new GatewayError('invalid_request', `The organization ${JSON.stringify(one)} has teams. Delete or move these first.`, { param: 'organization_ids' })
    }
    const rows = await Promise.all(found.map(wire))
    // Keys that name it are dead from now on: nothing would limit them any more.
    for (const { id: one } of found) await organizations.delete(one)
    return { status: 200, body: rows }
  })

  const info = async (principal: Principal | undefined, named: string | undefined): Promise<Record<string, unknown>> => {
    const organization = named === undefined ? undefined : await organizations.get(named)
    if (!organization || !sees(principal, organization)) throw notFound('organization')
    return wire(organization)
  }
  const infos = withBody(v.strictObject({ organizations: v.pipe(names, v.minLength(1, 'must name at least one')) }), async ({ organizations: named }, { principal }) => ({ status: 200, body: await Promise.all(named.map((one) => info(principal, one))) }))

  const list = async ({ principal }: Query): Promise<QueryAnswer> => {
    const self = principal?.user?.id
    const found = seesAll(principal) ? await all(organizations) : self === undefined ? [] : await all(organizations, { member: self })
    return { status: 200, body: await Promise.all(found.map(wire)) }
  }

  const idOf = async ({ user_id, user_email }: { readonly user_id?: string | null | undefined; readonly user_email?: string | null | undefined }): Promise<string | undefined> => {
    if (user_id) return user_id
    return user_email ? (await users.list({ filter: { email: user_email }, limit: 1 })).records[0]?.id : undefined
  }

  const place = (mustBeIn: boolean): ((query: Query) => Promise<QueryAnswer>) => withBody(memberBody, async ({ organization_id, member: given }, { principal }) => {
    const organization = await managed(principal, organization_id)
    const placed: OrganizationMember[] = []
    for (const one of [given].flat()) {
      const userId = await idOf(one)
      if (userId === undefined) throw notFound('user')
      if (mustBeIn && !organization.members.some((other) => other.userId === userId)) throw notFound('member')
      placed.push({ userId, role: one.role })
    }
    for (const { userId } of placed) await ensureUser(options, principal, userId)
    const stamp = stampOf(options, principal)
    const after = await change(organizations, organization_id, 'organization', (before) => ({
      ...before, members: [...before.members.filter(({ userId }) => !placed.some((one) => one.userId === userId)), ...placed], updatedAt: stamp.now, updatedBy: stamp.by,
    }))
    const memberships = placed.map((one) => membership(after, one))
    if (mustBeIn) return { status: 200, body: memberships[0] }
    return { status: 200, body: { organization_id, updated_users: placed.map(({ userId }) => ({ user_id: userId })), updated_organization_memberships: memberships } }
  })

  const leave = withBody(leaveBody, async ({ organization_id, ...who }, { principal }) => {
    const organization = await managed(principal, organization_id)
    const userId = await idOf(who)
    const left = organization.members.find((one) => one.userId === userId)
    if (!left) throw notFound('member')
    const stamp = stampOf(options, principal)
    const after = await change(organizations, organization_id, 'organization', (before) => ({ ...before, members: before.members.filter((one) => one.userId !== userId), updatedAt: stamp.now, updatedBy: stamp.by }))
    return { status: 200, body: membership(after, left) }
  })

  const removed: (query: Query) => Promise<QueryAnswer> = remove
  return [
    { kind: 'query', method: 'POST', paths: ['/organization/new'], permission: 'organizations:write', answer: create },
    // LiteLLM's later versions take these as PATCH and DELETE, earlier ones as POST.
    ...(['PATCH', 'POST'] as const).map((method) => ({ kind: 'query' as const, method, paths: ['/organization/update'], permission: 'organizations:write' as const, answer: update })),
    ...(['DELETE', 'POST'] as const).map((method) => ({ kind: 'query' as const, method, paths: ['/organization/delete'], permission: 'organizations:write' as const, answer: removed })),
    { kind: 'query', method: 'GET', paths: ['/organization/info'], permission: 'organizations:read', answer: async ({ principal, search }) => ({ status: 200, body: await info(principal, search.get('organization_id') ?? undefined) }) },
    { kind: 'query', method: 'POST', paths: ['/organization/info'], permission: 'organizations:read', answer: infos },
    { kind: 'query', method: 'GET', paths: ['/organization/list'], permission: 'organizations:read', answer: list },
    { kind: 'query', method: 'POST', paths: ['/organization/member_add'], permission: 'organizations:write', answer: place(false) },
    { kind: 'query', method: 'PATCH', paths: ['/organization/member_update'], permission: 'organizations:write', answer: place(true) },
    { kind: 'query', method: 'DELETE', paths: ['/organization/member_delete'], permission: 'organizations:write', answer: leave },
  ]
}

function patchOrganization(before: OrganizationRecord, body: OrganizationFields, { now, by }: Stamp): OrganizationRecord {
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
