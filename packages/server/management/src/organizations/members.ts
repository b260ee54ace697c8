import type { Author, OrganizationMember, OrganizationRecord, Principal } from '@tianjillm/auth'
import * as v from 'valibot'
import { type Caller, defineRoute, type DocumentedRoute } from '../define-route.ts'
import { id, inert } from '../fields.ts'
import { authorOf, change, type ManagementOptions, notFound } from '../service.ts'
import { ensureUser } from '../users/ensure-user.ts'
import { userIdOf, who } from '../users/find-user.ts'
import { membership, membershipAnswer } from './wire.ts'

const member = v.pipe(
  v.strictObject({ ...who, role: v.optional(v.picklist(['org_admin', 'internal_user', 'internal_user_viewer']), 'internal_user') }),
  v.check(({ user_id, user_email }) => Boolean(user_id ?? user_email), 'needs user_id or user_email'),
)
const memberBody = v.strictObject({ organization_id: id, member: v.union([member, v.array(member)], 'must be a member or a list of members'), ...inert('max_budget_in_organization') })
type Placing = v.InferOutput<typeof memberBody>

/** Who is in an organization: for proxy admins, and its own admins. @param managed finds one that the caller manages */
export function organizationMemberRoutes(options: ManagementOptions, managed: (principal: Principal | undefined, named: string) => Promise<OrganizationRecord>): readonly DocumentedRoute[] {
  const { organizations } = options.directory
  const writes = { permission: 'organizations:write', tag: 'Organizations' } as const

  const put = (stamp: Author, named: string, make: (members: readonly OrganizationMember[]) => readonly OrganizationMember[]): Promise<OrganizationRecord> =>
    change(organizations, named, 'organization', stamp, (before) => ({ ...before, members: make(before.members) }))
  const place = async ({ organization_id, member: given }: Placing, caller: Caller, mustBeIn: boolean) => {
    const stamp = authorOf(options, caller)
    const organization = await managed(caller.principal, organization_id)
    const placed: OrganizationMember[] = []
    for (const one of [given].flat()) {
      const userId = await userIdOf(options, one)
      if (userId === undefined) throw notFound('user')
      if (mustBeIn && !organization.members.some((other) => other.userId === userId)) throw notFound('member')
      placed.push({ userId, role: one.role })
    }
    for (const { userId } of placed) await ensureUser(options, stamp, userId)
    const after = await put(stamp, organization_id, (members) => [...members.filter(({ userId }) => !placed.some((one) => one.userId === userId)), ...placed])
    return placed.map((one) => membership(after, one))
  }

  return [
    defineRoute({
      ...writes, method: 'POST', paths: ['/organization/member_add'], summary: 'Puts users into an organization.', body: memberBody,
      answer: v.object({ organization_id: v.string(), updated_users: v.array(v.object({ user_id: v.string() })), updated_organization_memberships: v.array(membershipAnswer) }),
      async handle({ body, caller }) {
        const placed = await place(body, caller, false)
        return { organization_id: body.organization_id, updated_users: placed.map(({ user_id }) => ({ user_id })), updated_organization_memberships: placed }
      },
    }),
    defineRoute({
      ...writes, method: 'PATCH', paths: ['/organization/member_update'], summary: 'Changes a user\'s role in an organization.', body: memberBody, answer: membershipAnswer,
      handle: async ({ body, caller }) => (await place(body, caller, true))[0]!,
    }),
    defineRoute({
      ...writes, method: 'DELETE', paths: ['/organization/member_delete'], summary: 'Takes a user out of an organization.', body: v.strictObject({ organization_id: id, ...who }), answer: membershipAnswer,
      async handle({ body: { organization_id, ...named }, principal, caller }) {
        const organization = await managed(principal, organization_id)
        const userId = await userIdOf(options, named)
        const left = organization.members.find((one) => one.userId === userId)
        if (!left) throw notFound('member')
        return membership(await put(authorOf(options, caller), organization_id, (members) => members.filter((one) => one.userId !== userId)), left)
      },
    }),
  ]
}
