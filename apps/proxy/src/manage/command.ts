import type { Answered, Asked, Method, PathWith } from '@tianjillm/client'
import type { Column } from './print/column.ts'
import type { Field } from './fields.ts'

/** A word after the command's name that is no flag: `tianjillm keys info KEY`. */
export interface Argument {
  /** As the help calls it. */
  readonly name: string
  readonly in: 'body' | 'query' | 'path'
  /** The field that it is sent as. */
  readonly field: string
  /** Several words, sent as a list. `wrapped`: one word, sent as a list all the same. */
  readonly many?: 'several' | 'wrapped'
  readonly optional?: true
  /** The name inside the field, where that is an object. */
  readonly inside?: string
  /** What is sent for each word; without it the word itself. */
  readonly as?: (word: string) => unknown
}

/** A flag whose value stands in an object of the body, under another name maybe. */
export interface Inside {
  /** The object's field. */
  readonly object: string
  /** The name there; `...` puts the value's own fields there. */
  readonly name: string
  readonly field: Field
}

/** One thing that the command line can ask of a gateway. */
export interface Command {
  readonly summary: string
  readonly method: Method
  readonly path: Parameters<PathCall>[0]
  readonly arguments: readonly Argument[]
  readonly body: Readonly<Record<string, Field>>
  /** Flags that are sent inside an object of the body. */
  readonly inside: Readonly<Record<string, Inside>>
  readonly query: Readonly<Record<string, Field>>
  /** Query fields that are always sent. */
  readonly always: Readonly<Record<string, string>>
  /** What is shown of the answer, one row a line; one row alone, a field a line. */
  readonly rows: (answer: unknown) => readonly object[]
  readonly columns: readonly Column[]
  readonly form: 'table' | 'record' | 'sentence'
  /** One sentence instead of rows. */
  readonly said: (answer: unknown) => string
  /** Told beside rows, to those who read them: that there are more. */
  readonly more: (answer: unknown) => string | undefined
}

type PathCall = (path: PathWith<'get'> | PathWith<'post'> | PathWith<'put'> | PathWith<'patch'> | PathWith<'delete'>) => void
type BodyOf<P extends PathWith<M>, M extends Method> = Asked<P, M> extends { readonly body?: infer Body } ? NonNullable<Body> : object
type QueryOf<P extends PathWith<M>, M extends Method> = Asked<P, M> extends { readonly params?: { readonly query?: infer Query } } ? NonNullable<Query> : object
type NameIn<T> = T extends unknown ? keyof T & string : never

/** What a command says of itself; its fields are those that the operation's description has, which the compiler checks. */
interface Declared<M extends Method, P extends PathWith<M>> {
  readonly summary: string
  readonly arguments?: readonly (
    | (Argument & { readonly in: 'body'; readonly field: NameIn<BodyOf<P, M>> })
    | (Argument & { readonly in: 'query'; readonly field: NameIn<QueryOf<P, M>> })
    | (Argument & { readonly in: 'path' })
  )[]
  readonly body?: { readonly [Name in NameIn<BodyOf<P, M>>]?: Field }
  readonly inside?: Readonly<Record<string, Inside & { readonly object: NameIn<BodyOf<P, M>> }>>
  readonly query?: { readonly [Name in NameIn<QueryOf<P, M>>]?: Field }
  readonly always?: { readonly [Name in NameIn<QueryOf<P, M>>]?: string }
}

type ColumnOf<Row> = Column & { readonly field: NameIn<Row> }

type Shown<Answer, Row> =
  | { readonly rows: (answer: Answer) => readonly Row[]; readonly columns: readonly ColumnOf<Row>[]; readonly more?: (answer: Answer) => string | undefined }
  | { readonly record: (answer: Answer) => Row; readonly columns: readonly ColumnOf<Row>[] }
  | { readonly said: (answer: Answer) => string }

/** Declares a command on an operation. */
export function command<const M extends Method, const P extends PathWith<M>, Row extends object>(method: M, path: P, declared: Declared<M, P> & Shown<Answered<P, M>, Row>): Command {
  const { summary, arguments: words = [], body = {}, inside = {}, query = {}, always = {} } = declared
  const base = { summary, method, path, arguments: words, body: body as Command['body'], inside, query: query as Command['query'], always: always as Command['always'], rows: () => [], columns: [], said: () => '', more: () => undefined }
  if ('said' in declared) return { ...base, form: 'sentence', said: declared.said as Command['said'] }
  if ('record' in declared) return { ...base, form: 'record', rows: (answer) => [declared.record(answer as Answered<P, M>)], columns: declared.columns }
  return { ...base, form: 'table', rows: declared.rows as Command['rows'], columns: declared.columns, ...(declared.more && { more: declared.more as Command['more'] }) }
}

/** A kind of thing that the gateway keeps, and what can be done with it. */
export interface Resource {
  readonly name: string
  readonly summary: string
  /** By name; LiteLLM's words for the same are in `alsoCalled`. */
  readonly commands: Readonly<Record<string, Command>>
  /** Other name -> name. */
  readonly alsoCalled?: Readonly<Record<string, string>>
}
