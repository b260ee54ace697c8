import type { PluginBase } from './base.ts'

/** A way to choose among deployments that could all serve a call. */
export type StrategyPlugin<Config = unknown> = PluginBase<'strategy', Strategy, Config>

/** Synchronous and without I/O: it is asked once for each attempt at an upstream. */
export interface Strategy {
  /** Deployments that are at their `rpm` or `tpm` are left out before it is asked. */
  readonly holdsLimits?: boolean
  /**
   * Which one of the candidates takes the call.
   * @param open never empty; the array and what is in it are lent for this call only
   * @param random numbers in [0, 1): the only source of chance, so that runs can be repeated
   * @returns an index into `open`
   */
  pick(open: readonly StrategyCandidate[], ask: StrategyAsk, random: () => number): number
  close?(): void | Promise<void>
}

/** What a strategy may know of a call. */
export interface StrategyAsk {
  readonly stream: boolean
  /** Milliseconds from a fixed, unknown start: the time scale of {@link StrategyCandidate.measuredAt}. */
  readonly at: number
}

/** A deployment that could serve the call, and how it is doing. What is not known is undefined. */
export interface StrategyCandidate {
  readonly id: string
  /** The upstream's name of the model. */
  readonly model: string
  /** Share of the traffic that the operator set. */
  readonly weight: number | undefined
  /** Requests and tokens that it takes in a minute. */
  readonly rpm: number | undefined
  readonly tpm: number | undefined
  /** Nano-USD for a token. */
  readonly inputCost: number | undefined
  readonly outputCost: number | undefined
  /** Calls under way from this process. */
  readonly inFlight: number
  /** Requests and tokens of the current minute, those of other replicas included where they are shared. */
  readonly requests: number
  readonly tokens: number
  /** Moving averages, in milliseconds: a whole answer, one output token of it, the first byte of a stream. */
  readonly latencyMs: number | undefined
  readonly tokenMs: number | undefined
  readonly firstByteMs: number | undefined
  /** When the averages last heard of a call; undefined: never. */
  readonly measuredAt: number | undefined
}
