import type { RoutedDeployment } from '../deployment.ts'
import type { ErrorClass } from '../error-class.ts'
import { Circuit, type CircuitState } from './circuit.ts'
import { MinuteRing } from './minute-ring.ts'

/** How a deployment is doing. */
export interface DeploymentHealth {
  readonly state: CircuitState
  /** When its rest ends, in milliseconds since the epoch. */
  readonly until?: number
  /** Share of the calls of the last minute that failed; undefined: none ended. */
  readonly errorRate?: number
  /** Moving averages in milliseconds. */
  readonly latencyMs?: number
  readonly tokenMs?: number
  readonly firstByteMs?: number
  readonly inFlight: number
  /** Of the current minute. */
  readonly rpmUsed: number
  readonly tpmUsed: number
}

/** Weight of the newest call in the averages: about the last ten count. */
const NEWEST = 2 / 11

/** The live figures of one deployment. Times are monotonic milliseconds. */
export class Track {
  readonly circuit = new Circuit()
  inFlight = 0
  latencyMs: number | undefined
  tokenMs: number | undefined
  firstByteMs: number | undefined
  measuredAt: number | undefined
  /** Calls of the last minute, for people. */
  readonly succeeded = new MinuteRing()
  readonly failed = new MinuteRing()
  /** The same since the last rest: what was before it is no reason for the next one. */
  readonly judgedWell = new MinuteRing()
  readonly judgedIll = new MinuteRing()
  /** Failures by class, for policies that name some. */
  readonly failedBy = new Map<ErrorClass, MinuteRing>()
  /** Nobody else serves its name. */
  alone = false
  /** It serves many models, so that "not found" says nothing about the others. */
  manyModels = false
  /** It has limits of its own, so that it matters what other replicas send there. */
  limited = false
  cooldownMs: number | undefined
  #minute = 0
  #requests = 0
  #tokens = 0
  #othersMinute = 0
  #othersRequests = 0
  #othersTokens = 0

  /** What the router knows of it. */
  configure({ cooldownMs, rpm, tpm }: RoutedDeployment, alone: boolean, manyModels: boolean): void {
    this.limited = rpm !== undefined || tpm !== undefined
    this.alone = alone
    this.manyModels = manyModels
    this.cooldownMs = cooldownMs
  }

  /** @param minute minutes since the epoch */
  use(minute: number, requests: number, tokens: number): void {
    if (this.#minute !== minute) {
      this.#minute = minute
      this.#requests = this.#tokens = 0
    }
    this.#requests += requests
    this.#tokens += tokens
  }

  /** What other replicas used in that minute. */
  useOfOthers(minute: number, requests: number, tokens: number): void {
    this.#othersMinute = minute
    this.#othersRequests = requests
    this.#othersTokens = tokens
  }

  /** What this replica used. */
  readonly own = (minute: number): { readonly requests: number; readonly tokens: number } =>
    this.#minute === minute ? { requests: this.#requests, tokens: this.#tokens } : { requests: 0, tokens: 0 }

  requests(minute: number): number {
    return (this.#minute === minute ? this.#requests : 0) + (this.#othersMinute === minute ? this.#othersRequests : 0)
  }

  tokens(minute: number): number {
    return (this.#minute === minute ? this.#tokens : 0) + (this.#othersMinute === minute ? this.#othersTokens : 0)
  }

  /** Begins to count failures anew. */
  forgetFailures(): void {
    this.judgedWell.clear()
    this.judgedIll.clear()
    this.failedBy.clear()
  }

  measured(now: number, latencyMs: number | undefined, firstByteMs: number | undefined, outputTokens: number | undefined): void {
    if (!((latencyMs ?? firstByteMs ?? -1) >= 0)) return
    this.measuredAt = now
    if (latencyMs !== undefined) {
      this.latencyMs = average(this.latencyMs, latencyMs)
      if (outputTokens !== undefined && outputTokens > 0) this.tokenMs = average(this.tokenMs, latencyMs / outputTokens)
    }
    if (firstByteMs !== undefined) this.firstByteMs = average(this.firstByteMs, firstByteMs)
  }
}

function average(before: number | undefined, newest: number): number {
  return before === undefined ? newest : before + (newest - before) * NEWEST
}
