import type { Skip } from '@tianjillm/router'

interface At {
  /** Milliseconds since the call arrived. */
  readonly at: number
}

/** A deployment was called and did not answer the caller. */
export interface FailedAttempt extends At {
  readonly step: 'attempt'
  readonly group: string
  readonly deployment: string
  readonly provider: string
  readonly model: string
  readonly strategy?: string
  /** Deployments of the group. */
  readonly considered: number
  readonly skipped?: readonly Skip[]
  readonly ms: number
  /** Code of the error. */
  readonly outcome: string
  readonly status: number
  readonly message: string
}

/** No deployment of the group was open. */
export interface NoneOpen extends At {
  readonly step: 'none'
  readonly group: string
  readonly considered: number
  readonly reason: string
  readonly skipped?: readonly Skip[]
}

/** The next attempt came after a wait. */
export interface Waited extends At {
  readonly step: 'retry'
  readonly waitMs: number
}

/** Another model group was asked, or why not. */
export interface FellBack extends At {
  readonly step: 'fallback'
  readonly from: string
  readonly to: string
  /** Class of the failure. */
  readonly because: string
  /** Why the group could not be asked. */
  readonly refused?: string
}

/** A second deployment was called while the first kept the caller waiting. */
export interface Hedged extends At {
  readonly step: 'hedge'
  readonly deployment: string
  readonly provider: string
  /** Whether its answer came first. */
  readonly won: boolean
}

/** A stream broke, and another deployment went on with it. */
export interface Continued extends At {
  readonly step: 'continue'
  readonly deployment: string
  readonly outcome: string
  readonly message: string
  /** Characters that the caller had. */
  readonly chars: number
}

/** What was decided on a call's way, in order. The attempt that answered is told by the call itself. */
export type TraceStep = FailedAttempt | NoneOpen | Waited | FellBack | Hedged | Continued
