/** What the router must know of a deployment. Where a field is absent, nothing is asked of the deployment in that respect. */
export interface RoutedDeployment {
  /** Unique and stable over restarts. */
  readonly id: string
  /** The public name: exact, or a pattern with `*`. */
  readonly modelName: string
  /** The upstream's name; each `*` in it takes what the `*` of `modelName` in its place stood for. */
  readonly model: string
  /** Share of the traffic among deployments of one name. Default 1. */
  readonly weight?: number
  /** Groups of models that lists of models may name in its stead. */
  readonly accessGroups?: readonly string[]
  /** Tier: of the deployments that are open, those with the lowest order are used. Default 1. */
  readonly order?: number
  /** What the upstream takes in a minute: head-room for usage-based routing, a limit for pre-call checks. */
  readonly rpm?: number
  readonly tpm?: number
  /** Calls that the upstream takes at once, for pre-call checks. */
  readonly maxParallel?: number
  /** For tag routing. `default` serves requests without tags. */
  readonly tags?: readonly string[]
  /** Where the upstream runs, as its provider names regions. */
  readonly region?: string
  /** Nano-USD for a token. Undefined: not known. */
  readonly inputCost?: number
  readonly outputCost?: number
  /** Tokens that a request may have. */
  readonly contextWindow?: number
  /** `vision`, `tools`, `response_schema`, ... Undefined: not known, so everything passes. */
  readonly capabilities?: ReadonlySet<string> | undefined
  /** Only this team sees and calls it. */
  readonly teamId?: string
  /** Its own time to cool down, in milliseconds. */
  readonly cooldownMs?: number
}

/** A deployment that can serve a request, and the name to use there. */
export interface Candidate<D extends RoutedDeployment> {
  readonly deployment: D
  readonly model: string
}

/** The deployments behind a name. */
export interface ModelGroup<D extends RoutedDeployment> {
  /** The configured name: aliases resolved, patterns as written. */
  readonly name: string
  /** The access groups of its deployments. */
  readonly accessGroups: readonly string[]
  readonly candidates: readonly Candidate<D>[]
  /** Its deployments are asked also while they rest. */
  readonly despiteRest?: true
}

/** Why calls of a group of one can go nowhere else: told as the strategy of the choice. */
export type BoundBy = 'previous_response'
