import type { Permission, Principal } from '@tianjillm/auth'
import type { Operation, StoredPart } from '@tianjillm/core'
import type { Codec } from './codec.ts'
import type { PassEndpoint } from './pass/endpoint.ts'

interface RouteBase {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Paths with `:name` parameters. */
  readonly paths: readonly string[]
  /** What the caller must be allowed to do. A route without one cannot be mounted. */
  readonly permission: Permission
}

/** A route that calls a model. */
export interface CallRoute<O extends Operation = Operation> extends RouteBase {
  readonly kind: 'call'
  readonly operation: O
  readonly codec: Codec<O>
}

/** A route that the gateway answers itself, with JSON. */
export interface QueryRoute extends RouteBase {
  readonly kind: 'query'
  /** The answer. @throws a coded error */
  answer(query: Query): QueryAnswer | Promise<QueryAnswer>
}

export interface Query {
  readonly params: Readonly<Record<string, string>>
  readonly principal: Principal | undefined
  /** What follows the `?` of the address. */
  readonly search: URLSearchParams
  /** The JSON object that was sent; {} for a GET, or when nothing was. */
  readonly body: Readonly<Record<string, unknown>>
  /** Where the caller calls from, as the operator's rules have it. */
  readonly address?: string | undefined
  /** A request header by lower-case name. */
  header(name: string): string | undefined
}

export interface QueryAnswer {
  readonly status: number
  /** Sent as JSON; text goes out as it is where a header says another content type. */
  readonly body: unknown
  /** In place of the body: JSON that was written already. */
  readonly pieces?: readonly Buffer[]
  /** Further headers, by lower-case name. */
  readonly headers?: Readonly<Record<string, string>>
}

/** A route that asks about an answer which an upstream keeps; `:response_id` of its paths is one of the caller's ids. */
export interface StoredRoute extends RouteBase {
  readonly kind: 'stored'
  readonly operation: 'responses'
  readonly method: 'GET' | 'POST' | 'DELETE'
  readonly part: StoredPart
  /** For those that are streamed, and for errors. */
  readonly codec: Codec<'responses'>
}

/** Every way into the gateway that is mounted at a fixed place. */
export type Route = CallRoute | QueryRoute | StoredRoute

/** A path of the operator's own, whose calls go to another service as they are. Found among {@link Settings.passThrough} while the proxy runs, not mounted. */
export interface PassRoute extends Omit<RouteBase, 'method'> {
  readonly kind: 'pass'
  readonly operation: 'pass_through'
  readonly methods: ReadonlySet<string>
  readonly endpoint: PassEndpoint
}
