import type { Party, Principal } from '@tianjillm/auth'
import type { TokenCount } from '@tianjillm/spend'
import { type LimitRule, type LimitStore, type OwnerRules, ownerRules, type Scope, type TokensCounted } from '@tianjillm/limits'
import { type AlertOnce, createAlertOnce } from './alert-once.ts'
import type { Deployment } from '../deployment.ts'
import { type OperatorLimits, ownersOf, type Subject } from './scopes.ts'

export interface LimiterOptions {
  readonly store: LimitStore
  /** Which tokens `tpm_limit` counts. Default: all. */
  readonly tokensCounted?: TokensCounted
  /** Let callers with a hard budget call models without a known price. Default false. */
  readonly allowUnpriced?: boolean
  /** Limits that the operator set for all. Default: none. */
  readonly operator?: OperatorLimits
  /** Counts tokens, where a budget is tight; absent: they are estimated by bytes. */
  readonly countTokens?: CountTokens
}

/** A counter of a text's tokens. May load what it needs at its first use. */
export type CountTokens = (encoding: TokenCount['encoding']) => Promise<(text: string) => number>

/** What limits of deployments hang on. */
type Limited = Pick<Deployment, 'id' | 'modelName' | 'providerName' | 'budget'>

/** The rules that hold for a call. */
export interface RuleSet {
  readonly rules: readonly LimitRule[]
  /** The model whose own limits are among them. */
  readonly model?: string
  /** Some rule refuses by cost. */
  readonly hardBudget: boolean
  /** Such a rule is not the operator's own, for the proxy, a provider or a deployment: then a call must have a price. */
  readonly needsPrice: boolean
  /** Some rule needs to know tokens before the call. */
  readonly tokens: boolean
}

/** Limits in place: where they are counted, and which ones a call meets. */
export interface Limiter {
  readonly store: LimitStore
  readonly allowUnpriced: boolean
  readonly countTokens?: CountTokens
  /**
   * The rules of a call: its caller's, and those of the parties that it names. Compiled once for each of them.
   * @param names the model, under every name that it has here
   */
  rulesFor(principal: Principal | undefined, parties: readonly Party<unknown>[], ...names: readonly string[]): RuleSet
  /** Rules of a deployment and of its provider; undefined when they have none. */
  rulesOfDeployment(deployment: Limited): RuleSet | undefined
  /** Providers with a budget of the operator's. */
  readonly providerBudgets: NonNullable<OperatorLimits['providers']>
  /** Everything that a subject is limited by, for those who show it: rules for every model, and those of single ones. */
  rulesOf(subject: Subject): readonly LimitRule[]
  /** Which alerts were told. */
  readonly alerts: AlertOnce
}

interface Compiled {
  readonly owners: readonly OwnerRules[]
  readonly base: RuleSet
  readonly perModel: Map<string, RuleSet>
  readonly models: ReadonlySet<string>
}

export function createLimiter({ store, tokensCounted = 'tokens', allowUnpriced = false, countTokens, operator = {} }: LimiterOptions): Limiter {
  // By the caller or party itself: a change of one makes another object.
  const compiled = new WeakMap<object, Compiled>()
  const compile = (subject: Subject): Compiled => {
    const owners = ownersOf(subject, operator).map((owner) => ownerRules(owner, tokensCounted))
    return { owners, base: ruleSet(owners.flatMap(({ always }) => always)), perModel: new Map(), models: new Set(owners.flatMap(({ byModel }) => [...byModel.keys()])) }
  }
  const remember = (key: object, subject: Subject): Compiled => {
    const rules = compile(subject)
    compiled.set(key, rules)
    return rules
  }
  const anybody = compile({ proxy: true })
  const providers = new Map([...(operator.providers ?? [])].map(([name]) => [name, compile({ provider: name }).base]))
  // By budget, which deployments behind a pattern share with it; then by id.
  const deployments = new WeakMap<object, Map<string, RuleSet>>()
  return {
    store,
    allowUnpriced,
    ...(countTokens && { countTokens }),
    providerBudgets: operator.providers ?? new Map(),
    rulesFor(principal, parties, ...names) {
      const caller = principal?.key ? (compiled.get(principal) ?? remember(principal, { ...principal, proxy: true })) : anybody
      let set = forModel(caller, names)
      for (const party of parties) set = joined(set, forModel(compiled.get(party) ?? remember(party, { [party.kind]: party }), names))
      return set
    },
    rulesOfDeployment(deployment) {
      const ofProvider = providers.get(deployment.providerName)
      if (!deployment.budget) return ofProvider
      const ofId = deployments.get(deployment.budget) ?? new Map<string, RuleSet>()
      if (ofId.size === 0) deployments.set(deployment.budget, ofId)
      let set = ofId.get(deployment.id)
      if (!set) {
        const own = compile({ deployment }).base
        ofId.set(deployment.id, (set = ofProvider ? joined(ofProvider, own) : own))
      }
      return set
    },
    rulesOf(subject) {
      const { base, owners } = compile(subject)
      return [...base.rules, ...owners.flatMap(({ byModel }) => [...byModel.values()].flat())]
    },
    alerts: createAlertOnce(),
  }
}

function forModel(rules: Compiled, names: readonly string[]): RuleSet {
  if (rules.models.size === 0) return rules.base
  const model = names.find((name) => rules.models.has(name))
  if (model === undefined) return rules.base
  let set = rules.perModel.get(model)
  if (!set) rules.perModel.set(model, (set = { ...ruleSet([...rules.base.rules, ...rules.owners.flatMap(({ byModel }) => byModel.get(model) ?? [])]), model }))
  return set
}

/** The same two make the same set again, so that what is looked up for a set is looked up once. */
const unions = new WeakMap<RuleSet, WeakMap<RuleSet, RuleSet>>()

function joined(a: RuleSet, b: RuleSet): RuleSet {
  if (b.rules.length === 0) return a
  if (a.rules.length === 0) return b
  let ofA = unions.get(a)
  if (!ofA) unions.set(a, (ofA = new WeakMap()))
  let union = ofA.get(b)
  if (!union) {
    const model = a.model ?? b.model
    union = { ...(model !== undefined && { model }), rules: [...a.rules, ...b.rules], hardBudget: a.hardBudget || b.hardBudget, needsPrice: a.needsPrice || b.needsPrice, tokens: a.tokens || b.tokens }
    ofA.set(b, union)
  }
  return union
}

const ofOperator: ReadonlySet<Scope> = new Set<Scope>(['proxy', 'provider', 'deployment'])

function ruleSet(rules: readonly LimitRule[]): RuleSet {
  const hard = rules.filter(({ counted, limit }) => counted === 'budget' && limit !== Number.POSITIVE_INFINITY)
  return { rules, hardBudget: hard.length > 0, needsPrice: hard.some(({ scope }) => !ofOperator.has(scope)), tokens: rules.some(({ counted }) => counted.endsWith('tokens')) }
}
