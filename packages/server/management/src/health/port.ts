/** What a look at a deployment found. */
export interface HealthCheck {
  readonly id: string
  readonly modelId: string
  readonly modelName: string
  readonly status: 'healthy' | 'unhealthy'
  /** False: it was not called, because that costs too much or nobody knows how; its calls of the last minute tell. */
  readonly probed: boolean
  /** What went wrong; no bodies, no credentials. */
  readonly error?: string
  readonly errorStatus?: number
  readonly responseMs?: number
  /** Epoch milliseconds. */
  readonly checkedAt: number
  /** `background`, or who asked. */
  readonly checkedBy: string
}

/** Looks after deployments by calling them. */
export interface HealthChecks {
  /** They are looked after without being asked (`background_health_checks`). */
  readonly background: boolean
  /** Whether answers may say more than the model and its error (`health_check_details`). */
  readonly details: boolean
  /** The last look at each deployment, by id. */
  latest(): ReadonlyMap<string, HealthCheck>
  /** Newest first: the looks that found another state than the one before, and one an hour. */
  history(): readonly HealthCheck[]
  /** Looks now; resolves in the order of the ids, without those that are not served. @param by who asks */
  check(ids: readonly string[], by: string): Promise<readonly HealthCheck[]>
  /** Sends a record to a callback, and tells what became of it; undefined when there is none of that name. */
  tryCallback(name: string): Promise<{ readonly sent: boolean; readonly message: string } | undefined>
}
