import type { FetchResponse, MaybeOptionalInit } from 'openapi-fetch'
import type { paths } from './openapi.gen.ts'

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete'

/** Paths that have the method. */
export type PathWith<M extends Method> = { [P in keyof paths]: paths[P] extends Readonly<Record<M, object>> ? P : never }[keyof paths]

type OperationAt<P extends keyof paths, M extends Method> = paths[P][M] extends infer O extends Record<string | number, unknown> ? O : never

/** What an operation is asked: `params.query`, `params.path` and `body`, as the document says. */
export type Asked<P extends keyof paths, M extends Method> = Pick<NonNullable<MaybeOptionalInit<paths[P], M>>, Extract<'params' | 'body', keyof NonNullable<MaybeOptionalInit<paths[P], M>>>>

/** What an operation answers with when it went well. */
export type Answered<P extends keyof paths, M extends Method> = NonNullable<FetchResponse<OperationAt<P, M>, object, `${string}/${string}`>['data']>
