import type { Ask, SkipReason } from './choice.ts'
import type { RoutedDeployment } from './deployment.ts'
import type { Seat } from './seat.ts'
import { type TagFiltering, taggedFor } from './tags.ts'

/** What is checked beyond what the call itself asks for. */
export interface Checks {
  readonly contextWindow: boolean
  /** `rpm` and `tpm` are limits. */
  readonly limits: boolean
  readonly tags: TagFiltering
}

const nobody: Ask = Object.freeze({ stream: false })

/** Who may take a call. One for all calls of a router: {@link begin} says which call is looked at. */
export class Filters {
  readonly #checks: Checks
  #ask = nobody
  #tagged: ReadonlySet<Seat<RoutedDeployment>> | undefined
  #now = 0
  #minute = 0
  #input = -1
  #despiteRest = false

  constructor(checks: Checks) {
    this.#checks = checks
  }

  begin(seats: readonly Seat<RoutedDeployment>[], ask: Ask, now: number, minute: number, despiteRest: boolean): void {
    this.#ask = ask
    this.#now = now
    this.#minute = minute
    this.#input = -1
    this.#despiteRest = despiteRest
    this.#tagged = this.#checks.tags.enabled ? taggedFor(seats, ask.tags, this.#checks.tags.matchAny) : undefined
  }

  /** Forgets the call: who asks may hold a whole request. */
  end(): void {
    this.#ask = nobody
    this.#tagged = undefined
  }

  /** Whether a deployment can take a call without a look at anything that changes. False says nothing. */
  isOpen({ deployment: { capabilities, contextWindow, rpm, tpm, maxParallel }, track }: Seat<RoutedDeployment>, { closed, tried, region }: Ask): boolean {
    const { contextWindow: window, limits, tags } = this.#checks
    return (
      track.circuit.until === undefined && closed === undefined && tried === undefined && region === undefined && capabilities === undefined && maxParallel === undefined &&
      !tags.enabled && (!window || contextWindow === undefined) && (!limits || (rpm === undefined && tpm === undefined))
    )
  }

  /** Why a deployment cannot take the call, if it cannot. */
  refusal(seat: Seat<RoutedDeployment>): SkipReason | undefined {
    const ask = this.#ask
    const { deployment, track: { circuit } } = seat
    if (ask.closed?.has(seat.id)) return 'closed'
    if (ask.tried?.has(seat.id)) return 'tried'
    if (ask.region !== undefined && !seat.region.startsWith(ask.region)) return 'region'
    if (this.#tagged && !this.#tagged.has(seat)) return 'tags'
    // Whoever asks may find out only now what the call needs.
    if (deployment.capabilities !== undefined && ask.needs) for (const need of ask.needs) if (!deployment.capabilities.has(need)) return 'capabilities'
    if (this.#checks.contextWindow && deployment.contextWindow !== undefined && this.#inputTokens() > deployment.contextWindow) return 'context_window'
    if (this.#checks.limits && this.overMinute(seat)) return 'over_limit'
    if (deployment.maxParallel !== undefined && seat.track.inFlight >= deployment.maxParallel) return 'over_limit'
    if (circuit.until === undefined || this.#despiteRest) return undefined
    return circuit.state(this.#now) === 'open' ? 'cooldown' : circuit.wait(this.#now) > 0 ? 'probing' : undefined
  }

  /** Whether the minute's requests or tokens are used up: the next minute helps. */
  overMinute({ deployment: { rpm, tpm }, track }: Seat<RoutedDeployment>): boolean {
    return (rpm !== undefined && track.requests(this.#minute) >= rpm) || (tpm !== undefined && track.tokens(this.#minute) + this.#inputTokens() > tpm)
  }

  #inputTokens(): number {
    if (this.#input < 0) this.#input = this.#ask.inputTokens?.() ?? 0
    return this.#input
  }
}
