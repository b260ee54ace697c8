/** What one replica used of a deployment in a minute. */
export interface MinuteUse {
  readonly id: string
  readonly requests: number
  readonly tokens: number
}

/** A replica's own state, as a share sees it. */
export interface SharedState {
  /** Another replica found that a deployment must rest, for so many milliseconds from now. Never shortens a rest. */
  rest(id: string, ms: number): void
  /** What this replica used of deployments that have limits; undefined: none has. @param minute minutes since the epoch */
  used(minute: number): readonly MinuteUse[] | undefined
  /** What all other replicas together used in that minute. */
  usedByOthers(minute: number, uses: Iterable<MinuteUse>): void
}

/** The port through which replicas share rests and use. Nothing of it is waited for, and none of it throws: without the others each replica goes by what it sees itself. */
export interface RoutingShare {
  /** Begins the exchange; called once. */
  start(local: SharedState): void
  /** A deployment rests here from now on, for so many milliseconds. */
  cooled(id: string, ms: number): void
}
