import type { StrategyCandidate } from '@tianjillm/core'
import type { Choice, Skip, SkipReason } from './choice.ts'
import type { BoundBy, Candidate, RoutedDeployment } from './deployment.ts'
import { type Bound, textHash } from './session.ts'
import type { Track } from './state/track.ts'

/** A deployment in a group, with its live figures: what filters and strategies look at. */
export class Seat<D extends RoutedDeployment> implements Candidate<D>, StrategyCandidate, Bound {
  readonly deployment: D
  readonly model: string
  readonly id: string
  readonly track: Track
  readonly order: number
  readonly region: string
  readonly hash: number
  /** Why there can be no other. */
  readonly boundBy: BoundBy | undefined
  /** The choice of this one where there is no other. */
  only: Choice<D> | undefined
  /** The current minute, set before a strategy looks. */
  minute = 0
  #skips: Partial<Record<SkipReason, Skip>> | undefined

  constructor(deployment: D, model: string, track: Track, boundBy?: BoundBy) {
    this.boundBy = boundBy
    this.deployment = deployment
    this.model = model
    this.id = deployment.id
    this.track = track
    this.order = deployment.order ?? 1
    this.region = deployment.region?.toLowerCase() ?? ''
    this.hash = textHash(deployment.id)
  }

  get weight(): number | undefined { return this.deployment.weight }
  get rpm(): number | undefined { return this.deployment.rpm }
  get tpm(): number | undefined { return this.deployment.tpm }
  get inputCost(): number | undefined { return this.deployment.inputCost }
  get outputCost(): number | undefined { return this.deployment.outputCost }
  get inFlight(): number { return this.track.inFlight }
  get requests(): number { return this.track.requests(this.minute) }
  get tokens(): number { return this.track.tokens(this.minute) }
  get latencyMs(): number | undefined { return this.track.latencyMs }
  get tokenMs(): number | undefined { return this.track.tokenMs }
  get firstByteMs(): number | undefined { return this.track.firstByteMs }
  get measuredAt(): number | undefined { return this.track.measuredAt }

  /** The same object each time: one is told for every deployment that a choice leaves out. */
  skip(reason: SkipReason): Skip {
    this.#skips ??= {}
    return (this.#skips[reason] ??= { id: this.id, reason })
  }
}
