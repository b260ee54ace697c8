import type { Permission, Principal } from '@tianjillm/auth'
import type { Query, QueryAnswer, QueryRoute } from '@tianjillm/gateway'
import * as v from 'valibot'
import { adminFields, checkAdminFields } from './admin-fields.ts'
import { invalid, type ObjectOf } from './validation.ts'

/** Who calls. */
export interface Caller {
  readonly principal: Principal | undefined
  /** Where it calls from; undefined where that is not known. */
  readonly address: string | undefined
  /** On whose behalf, by the caller's own word (`litellm-changed-by`); null: it says nothing. */
  readonly claimed: string | null
}

/** What a handler is given: all of it checked. */
export interface Input<Body, Search> {
  readonly body: Body
  readonly search: Search
  /** Values of the path's `:name` parts. */
  readonly params: Readonly<Record<string, string>>
  readonly principal: Principal | undefined
  readonly caller: Caller
  /** A request header by lower-case name. */
  readonly header: (name: string) => string | undefined
}

/** A value that fits a schema, however immutable it is. What a schema leaves open may be any object. */
type Told<Value> = Value extends readonly (infer Item)[]
  ? readonly Told<Item>[]
  : Value extends object
    ? (string extends keyof Value ? (unknown extends Value[string & keyof Value] ? object : { readonly [Key in keyof Value]: Told<Value[Key]> }) : { readonly [Key in keyof Value]: Told<Value[Key]> })
    : Value

/** What a handler answers with, told by the schema of the answer. */
export type AnswerOf<Schema extends v.GenericSchema> = Told<v.InferOutput<Schema>>

/** One management route: everything that the server, the document and the clients know of it. */
export interface Definition<Body extends ObjectOf<'strict_object'>, Search extends ObjectOf<'object'>, Answer extends v.GenericSchema> {
  readonly method: QueryRoute['method']
  /** The first is the one that clients use; the others are LiteLLM's further names for it. */
  readonly paths: readonly [string, ...string[]]
  readonly permission: Permission
  /** The group that the document lists it in. */
  readonly tag: string
  /** One sentence: what it does, and for whom. */
  readonly summary: string
  /** Strict: a field that is not declared is refused with the name that was probably meant. */
  readonly body?: Body
  /** A body that somebody would send, for readers of the document. */
  readonly example?: v.InferInput<Body>
  /** Fields of the query string; others are ignored. */
  readonly search?: Search
  /** What a 200 answer holds. */
  readonly answer: Answer
  handle(input: Input<v.InferOutput<Body>, v.InferOutput<Search>>): AnswerOf<Answer> | Reply | Promise<AnswerOf<Answer> | Reply>
}

/** What a document says of a route. */
export interface RouteDoc {
  readonly tag: string
  readonly summary: string
  readonly body?: ObjectOf<'strict_object'>
  readonly example?: unknown
  readonly search?: ObjectOf<'object'>
  readonly answer: v.GenericSchema
}

/** A route with its description. */
export interface DocumentedRoute extends QueryRoute {
  readonly doc: RouteDoc
}

/** An answer with another status than 200, or with headers. */
export class Reply {
  readonly status: number
  readonly body: unknown
  readonly headers: Readonly<Record<string, string>>
  readonly pieces?: readonly Buffer[]

  constructor(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}) {
    this.status = status
    this.body = body
    this.headers = headers
  }
}

/** A 200 answer that is JSON already, in pieces: for those of megabytes. */
export class Written extends Reply {
  override readonly pieces: readonly Buffer[]

  constructor(pieces: readonly Buffer[]) {
    super(200, undefined)
    this.pieces = pieces
  }
}

const nothing = v.object({})
const noBody = v.strictObject({})

/** Makes the route of a definition: its input is checked before the handler sees it. */
export function defineRoute<const Body extends ObjectOf<'strict_object'>, const Search extends ObjectOf<'object'>, const Answer extends v.GenericSchema>(definition: Definition<Body, Search, Answer>): DocumentedRoute {
  const { method, paths, permission, tag, summary, body, example, search, answer, handle } = definition
  const forAdmins = body ? adminFields(body) : new Map()
  return {
    kind: 'query', method, paths, permission,
    doc: { tag, summary, answer, ...(body && { body }), ...(example !== undefined && { example }), ...(search && { search }) },
    async answer(query: Query): Promise<QueryAnswer> {
      const given = v.safeParse(search ?? nothing, Object.fromEntries(query.search))
      if (!given.success) return invalid('query', search!, given.issues)
      const parsed = v.safeParse(body ?? noBody, body ? query.body : {})
      if (!parsed.success) return invalid('body', body!, parsed.issues)
      const { params, principal, header, address } = query
      checkAdminFields(forAdmins, parsed.output as Readonly<Record<string, unknown>>, principal)
      const caller = { principal, address, claimed: header('litellm-changed-by')?.slice(0, 200) || null }
      const made = await handle({ body: parsed.output, search: given.output, params, principal, caller, header })
      return made instanceof Reply ? made : { status: 200, body: made }
    },
  }
}
