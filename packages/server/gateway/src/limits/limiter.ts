import { noLimits, type Principal } from '@tianjillm/auth'
import type { TokenCount } from '@tianjillm/spend'
import { type LimitRule, type LimitStore, type OwnerRules, ownerRules, type TokensCounted } from '@tianjillm/limits'

export interface LimiterOptions {
  readonly store: LimitStore
  /** Which tokens `tpm_limit` counts. Default: all. */
  readonly tokensCounted?: TokensCounted
  /** Let callers with a hard budget call models without a known price. Default false. */
  readonly allowUnpriced?: boolean
  /** Counts tokens, where a budget is tight; absent: they are estimated by bytes. */
  readonly countTokens?: CountTokens
}

/** A counter of a text's tokens. May load what it needs at its first use. */
export type CountTokens = (encoding: TokenCount['encoding']) => Promise<(text: string) => number>

/** The rules that hold for a caller and a model. */
export interface RuleSet {
  readonly rules: readonly LimitRule[]
  /** The model whose own limits are among them. */
  readonly model?: string
  /** Some rule refuses by cost. */
  readonly hardBudget: boolean
  /** Some rule needs to know tokens before the call. */
  readonly tokens: boolean
}

/** Limits in place: where they are counted, and which ones a caller has. */
export interface Limiter {
  readonly store: LimitStore
  readonly allowUnpriced: boolean
  readonly countTokens?: CountTokens
  /** Compiled once for each caller. @param names the model, under every name that it has here */
  rulesFor(principal: Principal, ...names: readonly string[]): RuleSet
  /** Rules of a key, team or user alone, for those who show spend. */
  rulesOf(principal: Pick<Principal, 'key' | 'team' | 'user'>): RuleSet
}

interface Compiled {
  readonly owners: readonly OwnerRules[]
  readonly base: RuleSet
  readonly perModel: Map<string, RuleSet>
  readonly models: ReadonlySet<string>
}

export function createLimiter({ store, tokensCounted = 'tokens', allowUnpriced = false, countTokens }: LimiterOptions): Limiter {
  const compiled = new WeakMap<Principal, Compiled>()
  const compile = (principal: Pick<Principal, 'key' | 'team' | 'user'>): Compiled => {
    const owners = ownersOf(principal, tokensCounted)
    return { owners, base: ruleSet(owners.flatMap(({ always }) => always)), perModel: new Map(), models: new Set(owners.flatMap(({ byModel }) => [...byModel.keys()])) }
  }
  return {
    store,
    allowUnpriced,
    ...(countTokens && { countTokens }),
    rulesFor(principal, ...names) {
      let rules = compiled.get(principal)
      if (!rules) compiled.set(principal, (rules = compile(principal)))
      if (rules.models.size === 0) return rules.base
      const model = names.find((name) => rules.models.has(name))
      if (model === undefined) return rules.base
      let set = rules.perModel.get(model)
      if (!set) rules.perModel.set(model, (set = { ...ruleSet([...rules.base.rules, ...rules.owners.flatMap(({ byModel }) => byModel.get(model) ?? [])]), model }))
      return set
    },
    rulesOf: (principal) => compile(principal).base,
  }
}

function ownersOf({ key, team, user }: Pick<Principal, 'key' | 'team' | 'user'>, tokens: TokensCounted): OwnerRules[] {
  const owners: OwnerRules[] = []
  if (key) owners.push(ownerRules({ scope: 'key', id: key.id, name: key.alias ?? key.name, since: key.createdAt, limits: key }, tokens))
  if (team) owners.push(ownerRules({ scope: 'team', id: team.id, name: team.alias ?? team.id, since: team.createdAt, limits: team }, tokens))
  if (user) owners.push(ownerRules({ scope: 'user', id: user.id, name: user.email ?? user.id, since: user.createdAt, limits: user }, tokens))
  const member = team?.members.find(({ userId }) => userId === key?.userId)
  if (team && member) {
    owners.push(ownerRules({ scope: 'member', id: `${team.id}:${member.userId}`, name: `${member.userId} in ${team.alias ?? team.id}`, since: team.createdAt, limits: { ...noLimits, maxBudget: member.maxBudget, budgetDuration: team.budgetDuration } }, tokens))
  }
  return owners
}

function ruleSet(rules: readonly LimitRule[]): RuleSet {
  return {
    rules,
    hardBudget: rules.some(({ counted, limit }) => counted === 'budget' && limit !== Number.POSITIVE_INFINITY),
    tokens: rules.some(({ counted }) => counted.endsWith('tokens')),
  }
}
