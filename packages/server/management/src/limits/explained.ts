import type { Party, Principal, TeamRecord } from '@tianjillm/auth'
import type { Subject } from '@tianjillm/gateway'
import type { Scope } from '@tianjillm/limits'
import type { SpendEntity } from '@tianjillm/spend'
import { managesMembers, managesOrganization, seesAll } from '../access.ts'
import { findKey } from '../keys/find-key.ts'
import type { ManagementOptions } from '../service.ts'

/** The owner that was asked for. */
interface Found {
  readonly subject: Subject
  readonly id: string
  /** Its id in the ledger's sums. */
  readonly ledgerId?: string
}

interface ExplainedScope {
  /** The ledger's sums of this scope. */
  readonly entity?: SpendEntity
  /** Undefined for what is not there and for what the caller may not see: the answer is the same. */
  readonly find: (options: ManagementOptions, principal: Principal | undefined, id: string) => Promise<Found | undefined>
}

/** How an owner of each scope is found, and who may look at its limits. */
export const scopes: Readonly<Record<Scope, ExplainedScope>> = {
  key: {
    entity: 'key',
    async find(options, principal, id) {
      const key = id === '' ? principal?.key : await findKey(options, principal, id, 'read')
      return key && { subject: { key }, id: key.hash, ledgerId: key.id }
    },
  },
  team: {
    entity: 'team',
    async find(options, principal, id) {
      const team = await options.directory.teams.get(id || (principal?.team?.id ?? ''))
      return team && (await seesTeam(options, principal, team)) ? { subject: { team }, id: team.id, ledgerId: team.id } : undefined
    },
  },
  user: {
    entity: 'user',
    async find({ directory }, principal, id) {
      const user = await directory.users.get(id || (principal?.user?.id ?? ''))
      return user && (seesAll(principal) || principal?.user?.id === user.id) ? { subject: { user }, id: user.id, ledgerId: user.id } : undefined
    },
  },
  member: {
    // The id is `team:user`, as in refusals.
    entity: 'member',
    async find(options, principal, id) {
      const { teams, users } = options.directory
      const colon = id.indexOf(':')
      const [team, user] = await Promise.all([teams.get(id.slice(0, colon)), users.get(id.slice(colon + 1))])
      if (!team || !user?.id || !team.members.some(({ userId }) => userId === user.id)) return undefined
      return principal?.user?.id === user.id || (await seesTeam(options, principal, team, true)) ? { subject: { team, user }, id, ledgerId: id } : undefined
    },
  },
  organization: {
    entity: 'organization',
    async find({ directory }, principal, id) {
      const organization = await directory.organizations.get(id)
      const sees = seesAll(principal) || organization?.members.some(({ userId }) => userId === principal?.user?.id)
      return organization && sees === true ? { subject: { organization }, id, ledgerId: id } : undefined
    },
  },
  end_user: { entity: 'end_user', find: (options, principal, id) => party(options, principal, id, 'customers', (customer) => ({ customer })) },
  tag: { entity: 'tag', find: (options, principal, id) => party(options, principal, id, 'tags', (tag) => ({ tag })) },
  provider: { entity: 'provider', find: async (_, principal, id) => (seesAll(principal) && id !== '' ? { subject: { provider: id }, id, ledgerId: id } : undefined) },
  deployment: {
    entity: 'deployment',
    async find({ gateway }, principal, id) {
      const deployment = seesAll(principal) ? gateway.settings.router.single(id)?.candidates[0]?.deployment : undefined
      return deployment && { subject: { deployment }, id, ledgerId: id }
    },
  },
  proxy: { entity: 'total', find: async (_, principal) => (seesAll(principal) ? { subject: { proxy: true }, id: 'proxy', ledgerId: '' } : undefined) },
}

/** In the order of the documentation. */
export const scopeNames = ['key', 'team', 'user', 'member', 'organization', 'end_user', 'tag', 'provider', 'deployment', 'proxy'] as const satisfies readonly Scope[]

async function seesTeam({ directory }: ManagementOptions, principal: Principal | undefined, team: TeamRecord, everyMember = false): Promise<boolean> {
  if (seesAll(principal) || (await managesMembers(directory, principal, team))) return true
  return !everyMember && (principal?.team?.id === team.id || team.members.some(({ userId }) => userId === principal?.user?.id) || (await managesOrganization(directory, principal, team.organizationId)))
}

/** Those that requests name, as requests see them: with the defaults that hold for the unknown. */
async function party<Kind extends 'customers' | 'tags'>({ gateway }: ManagementOptions, principal: Principal | undefined, id: string, kind: Kind, subject: (party: never) => Subject): Promise<Found | undefined> {
  const cache = gateway.settings.parties?.[kind]
  if (!seesAll(principal) || !cache || id === '') return undefined
  const found: Party<unknown> = await cache.get(id)
  return { subject: subject(found as never), id, ledgerId: id }
}
