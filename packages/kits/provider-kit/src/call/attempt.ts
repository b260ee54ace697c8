import { type Call, GatewayError, systemClock } from '@tianjillm/core'

/** A {@link Call} outside the gateway. */
export interface Attempt extends Call {
  /** Fields that the adapter reported, in order. */
  readonly dropped: readonly string[]
}

/** Options of {@link createAttempt}. */
export interface AttemptOptions {
  readonly model: string
  readonly stream?: boolean
  /** Default: a random UUID. */
  readonly id?: string
  /** Seconds since the epoch; default now. */
  readonly created?: number
  /** Notes unsupported fields instead of refusing them. */
  readonly dropParams?: boolean
}

/** One attempt, as an adapter sees it. */
export function createAttempt({ model, stream = false, id = crypto.randomUUID(), created = Math.floor(systemClock.now() / 1000), dropParams = false }: AttemptOptions): Attempt {
  const dropped: string[] = []
  return {
    id, model, stream, created, dropped,
    drop(field) {
      if (!dropParams) throw new GatewayError('unsupported_parameter', `The provider does not support the parameter \`${field}\` for this model.`, { param: field })
      if (!dropped.includes(field)) dropped.push(field)
    },
  }
}
