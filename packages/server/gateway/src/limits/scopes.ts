import { type BudgetFields, type BudgetRecord, type CustomerRecord, noLimits, type Party, type Principal, type TagRecord } from '@tianjillm/auth'
import type { LimitLayer, Owner, OwnerLimits, Scope } from '@tianjillm/limits'
import type { Deployment } from '../deployment.ts'

/** Those whose limits a call may meet: the ones who call, and those whom the request names. */
export interface Subject extends Pick<Principal, 'key' | 'team' | 'user' | 'organization' | 'budgets'> {
  readonly customer?: Party<CustomerRecord>
  readonly tag?: Party<TagRecord>
  /** Name of a provider plugin. */
  readonly provider?: string
  readonly deployment?: LimitedDeployment
  /** The whole proxy. */
  readonly proxy?: true
}

/** A deployment that may have a budget of its own. */
export type LimitedDeployment = Pick<Deployment, 'id' | 'modelName' | 'budget'>

/** Limits that the operator set for all. */
export interface OperatorLimits {
  /** For end users that have no budget of their own (`max_end_user_budget`), in nano-USD. */
  readonly endUserBudget?: number
  /** By name of the provider plugin (`provider_budget_config`). */
  readonly providers?: ReadonlyMap<string, BudgetFields>
  /** By tag (`tag_budget_config`). */
  readonly tags?: ReadonlyMap<string, BudgetFields>
  /** For everything together (`max_budget`). */
  readonly proxy?: BudgetFields
}

/** One whose limits hold, without the budget object that it names. */
interface Holder extends Omit<Owner, 'scope'> {
  readonly budgetId?: string | null
}

interface ScopeRow {
  readonly scope: Scope
  /** Who the subject is in this scope; undefined when there is nobody. */
  readonly of: (subject: Subject, operator: OperatorLimits) => Holder | undefined
}

/** Every scope that has limits. Whoever needs "all scopes" goes through this table. */
const scopes: readonly ScopeRow[] = [
  { scope: 'key', of: ({ key }) => key && { ...holder(key, key.alias ?? key.name), ...(key.spendReset && { reset: key.spendReset }) } },
  { scope: 'team', of: ({ team }) => team && holder(team, team.alias ?? team.id) },
  // A user's own budget is for its own keys; what a team's key spends is the team's affair (LiteLLM's rule), and counted here.
  { scope: 'user', of: ({ user, key, team }) => user && { ...holder(user, user.email ?? user.id), countsOnly: key !== undefined && team !== undefined } },
  { scope: 'member', of: memberOf },
  { scope: 'organization', of: ({ organization }) => organization && holder(organization, organization.alias ?? organization.id) },
  { scope: 'end_user', of: ({ customer }, { endUserBudget }) => customer && named(customer, customer.record?.alias, endUserBudget === undefined || customer.budget ? [] : [{ source: 'max_end_user_budget', limits: { maxBudget: endUserBudget } }]) },
  { scope: 'tag', of: ({ tag }, { tags }) => tag && withBudget(tag, tags?.get(tag.id), 'tag_budget_config') },
  { scope: 'provider', of: ({ provider }, { providers }) => ofOperator(provider, provider === undefined ? undefined : providers?.get(provider), 'provider_budget_config') },
  { scope: 'deployment', of: ({ deployment }) => deployment?.budget && { id: deployment.id, name: `${deployment.id} of ${deployment.modelName}`, since: 0, limits: noLimits, layers: [{ source: 'litellm_params.max_budget', limits: { ...deployment.budget } }] } },
  { scope: 'proxy', of: ({ proxy }, operator) => ofOperator(proxy && 'proxy', operator.proxy, 'litellm_settings.max_budget') },
]

/** Everybody that a subject is, as owners of limits. */
export function ownersOf(subject: Subject, operator: OperatorLimits): Owner[] {
  return scopes.flatMap(({ scope, of }) => {
    const held = of(subject, operator)
    if (!held) return []
    const { budgetId, layers = [], ...owner } = held
    const budget = typeof budgetId === 'string' ? subject.budgets?.get(budgetId) : undefined
    return [{ ...owner, scope, layers: budget ? [layerOf(budget), ...layers] : layers }]
  })
}

interface LimitedRecord extends OwnerLimits {
  readonly id: string
  readonly createdAt: number
  readonly budgetId: string | null
}

function holder(record: LimitedRecord, name: string): Holder {
  return { id: record.id, name, since: record.createdAt, limits: record, budgetId: record.budgetId }
}

function memberOf({ key, team, user }: Subject): Holder | undefined {
  const userId = key ? key.userId : user?.id
  const member = team?.members.find((one) => one.userId === userId)
  if (!team || !member) return undefined
  const { maxBudget, budgetDuration, rpmLimit, tpmLimit } = member
  return {
    id: `${team.id}:${member.userId}`, name: `${member.userId} in ${team.alias ?? team.id}`, since: team.createdAt, budgetId: member.budgetId,
    // A member's budget turns with the team's where neither says otherwise.
    limits: { ...noLimits, maxBudget, rpmLimit, tpmLimit, budgetDuration: budgetDuration ?? (maxBudget === null ? null : team.memberDefaults.budgetDuration ?? team.budgetDuration) },
    layers: [{ source: 'team_member defaults', limits: { ...team.memberDefaults, budgetDuration: team.memberDefaults.budgetDuration ?? team.budgetDuration } }],
  }
}

/** Those that a request names. Without a record and a budget they have no limits, and no spend is kept in memory for what anybody may send. */
function named({ id, record, budget }: Party<LimitedRecord>, alias: string | null | undefined, layers: readonly LimitLayer[]): Holder | undefined {
  if (!record && !budget && layers.length === 0) return undefined
  return { id, name: alias ?? id, since: record?.createdAt ?? budget?.createdAt ?? 0, limits: record ?? noLimits, layers: budget ? [layerOf(budget), ...layers] : layers }
}

/** With a budget of the operator's beside its own: both hold. */
function withBudget(party: Party<LimitedRecord>, budget: BudgetFields | undefined, source: string): Holder | undefined {
  if (!budget) return named(party, party.id, [])
  const held = named(party, party.id, [{ source, limits: { ...budget } }])!
  const own = party.record?.maxBudget ?? party.budget?.maxBudget ?? null
  return own === null ? held : { ...held, limits: { ...held.limits, budgetLimits: [...held.limits.budgetLimits, budget] } }
}

function ofOperator(name: string | undefined, budget: BudgetFields | undefined, source: string): Holder | undefined {
  return name === undefined || !budget ? undefined : { id: name, name, since: 0, limits: noLimits, layers: [{ source, limits: { ...budget } }] }
}

function layerOf(budget: BudgetRecord): LimitLayer {
  return { source: `budget ${budget.id}`, limits: budget }
}
