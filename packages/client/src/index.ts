export { type AnyInput, type CallOptions, type Client, type ClientOptions, createClient } from './client.ts'
export { type FailureDetails, isTianjiError, TianjiError } from './error.ts'
export type { components, operations, paths } from './openapi.gen.ts'
export type { Answered, Asked, Method, PathWith } from './operations.ts'
