import { newOrganization, type OrganizationRecord, type Principal } from '@tianjillm/auth'
import { GatewayError } from '@tianjillm/core'
import * as v from 'valibot'
import { adminOnly, managesOrganization, seesAll } from '../access.ts'
import { defineRoute, type DocumentedRoute } from '../define-route.ts'
import { id, names } from '../fields.ts'
import { textParam } from '../search-fields.ts'
import { all, authorOf, change, checkBudget, type ManagementOptions, notFound, refusedWrite } from '../service.ts'
import { newOrganizationBody, patchOrganization, updateOrganizationBody } from './body.ts'
import { organizationMemberRoutes } from './members.ts'
import { organizationToWire } from './shown.ts'
import { organizationAnswer } from './wire.ts'

const idsBody = v.strictObject({ organization_ids: v.pipe(v.array(id), v.minLength(1, 'must name at least one')) })

/** `/organization/*`. Proxy admins make them; an organization's admins change what is in theirs, its members look at it. */
export function organizationRoutes(options: ManagementOptions): readonly DocumentedRoute[] {
  const { directory } = options
  const { organizations } = directory
  const writes = { permission: 'organizations:write', tag: 'Organizations' } as const
  const reads = { permission: 'organizations:read', tag: 'Organizations' } as const
  const wire = (organization: OrganizationRecord) => organizationToWire(options, organization)
  /** One that the caller manages; others are as if they were not there. */
  const managed = async (principal: Principal | undefined, named: string): Promise<OrganizationRecord> => {
    const organization = await organizations.get(named)
    if (!organization || !(await managesOrganization(directory, principal, named))) throw notFound('organization')
    return organization
  }
  const info = async (principal: Principal | undefined, named: string | undefined) => {
    const organization = named === undefined ? undefined : await organizations.get(named)
    const sees = seesAll(principal) || organization?.members.some(({ userId }) => userId === principal?.user?.id)
    if (!organization || sees !== true) throw notFound('organization')
    return wire(organization)
  }
  // LiteLLM's later versions take these as PATCH and DELETE, earlier ones as POST.
  const update = (method: 'PATCH' | 'POST') => defineRoute({
    ...writes, method, paths: ['/organization/update'], summary: 'Changes an organization, for proxy admins: absent fields stay, null clears.', body: updateOrganizationBody, answer: organizationAnswer,
    async handle({ body: { organization_id, ...body }, principal, caller }) {
      await managed(principal, organization_id)
      // What an organization may spend and call is given to it from above.
      adminOnly(principal, 'change organizations')
      await checkBudget(options, body.budget_id)
      const stamp = authorOf(options, caller)
      return wire(await change(organizations, organization_id, 'organization', stamp, (before) => patchOrganization(before, body, stamp)))
    },
  })
  const remove = (method: 'DELETE' | 'POST') => defineRoute({
    ...writes, method, paths: ['/organization/delete'], summary: 'Deletes organizations without teams, for proxy admins: all that are named, or none.', body: idsBody, answer: v.array(organizationAnswer),
    async handle({ body: { organization_ids }, principal, caller }) {
      const stamp = authorOf(options, caller)
      adminOnly(principal, 'delete organizations')
      const found = await Promise.all(organization_ids.map((one) => managed(principal, one)))
      for (const { id: one } of found) {
        const { total } = await directory.teams.list({ filter: { organizationId: one }, limit: 1 })
        if (total > 0) throw new GatewayError('invalid_request', `The organization ${JSON.stringify(one)} has teams. Delete or move these first.`, { param: 'organization_ids' })
      }
      const rows = await Promise.all(found.map(wire))
      // Keys that name it are dead from now on: nothing would limit them any more.
      for (const { id: one } of found) await organizations.delete(one, stamp)
      return rows
    },
  })

  return [
    defineRoute({
      ...writes, method: 'POST', paths: ['/organization/new'], summary: 'Makes an organization, for proxy admins.', body: newOrganizationBody,
      example: { organization_alias: 'Research', max_budget: 5000, budget_duration: '30d' },
      answer: organizationAnswer,
      async handle({ body: { organization_id, ...body }, principal, caller }) {
        adminOnly(principal, 'make organizations')
        await checkBudget(options, body.budget_id)
        const stamp = authorOf(options, caller)
        const organization = patchOrganization(newOrganization(organization_id ?? crypto.randomUUID(), stamp), body, stamp)
        const written = await organizations.insert(organization, stamp)
        if (written !== 'ok') throw refusedWrite(written, 'organization')
        return wire(organization)
      },
    }),
    update('PATCH'),
    update('POST'),
    remove('DELETE'),
    remove('POST'),
    defineRoute({
      ...reads, method: 'GET', paths: ['/organization/info'], summary: 'One organization, for admins and its members.', search: v.object({ organization_id: textParam('Id of the organization.') }), answer: organizationAnswer,
      handle: ({ search: { organization_id }, principal }) => info(principal, organization_id),
    }),
    defineRoute({
      ...reads, method: 'POST', paths: ['/organization/info'], summary: 'Several organizations, for admins and their members.', body: v.strictObject({ organizations: v.pipe(names, v.minLength(1, 'must name at least one')) }), answer: v.array(organizationAnswer),
      handle: ({ body: { organizations: named }, principal }) => Promise.all(named.map((one) => info(principal, one))),
    }),
    defineRoute({
      ...reads, method: 'GET', paths: ['/organization/list'], summary: 'Organizations: all for admins, for others those that they are in.', answer: v.array(organizationAnswer),
      async handle({ principal }) {
        const self = principal?.user?.id
        const found = seesAll(principal) ? await all(organizations) : self === undefined ? [] : await all(organizations, { member: self })
        return Promise.all(found.map(wire))
      },
    }),
    ...organizationMemberRoutes(options, managed),
  ]
}
