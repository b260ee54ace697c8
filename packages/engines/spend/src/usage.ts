/** What usage is split by. `entity` is the end user or the tag that calls are counted under. */
export type UsageDimension = 'day' | 'entity' | 'key' | 'user' | 'team' | 'organization' | 'modelGroup' | 'model' | 'provider' | 'operation'

/** How calls are counted: each once; or those with an end user, under it; or under each of their tags, so that a call with two counts twice. */
export type CountedUnder = 'call' | 'end_user' | 'tag'

/** Which daily sums to read, and how to add them up. */
export interface UsageQuery {
  /** First and last day, `2025-01-31`, UTC; both included. */
  readonly from: string
  readonly to: string
  readonly counted: CountedUnder
  /** Only calls with one of these values in each dimension named; `''` stands for none. */
  readonly only?: { readonly [D in Exclude<UsageDimension, 'day'>]?: readonly string[] }
  /** Splits, each answered with rows of its own, all from one look. `[]` is one sum. */
  readonly by: readonly (readonly UsageDimension[])[]
  /** Which sums are wanted; the others are 0 then. Absent: all. Fewer are read in less time. */
  readonly sums?: readonly (keyof UsageSum)[]
  /** Rows of each split: those that cost most, dearest first. Absent: all, oldest day first. */
  readonly top?: number
}

/** What calls added up to. Tokens are LiteLLM's: cached ones are part of the prompt. */
export interface UsageSum {
  readonly requests: number
  /** Requests that did not succeed. */
  readonly failures: number
  /** Requests that were answered from the cache. */
  readonly cacheHits: number
  readonly promptTokens: number
  readonly completionTokens: number
  readonly cacheReadTokens: number
  readonly cacheWriteTokens: number
  /** Completion tokens of answers from the cache. */
  readonly cachedCompletionTokens: number
  readonly costNanoUsd: number
}

/** A sum with the values of the dimensions that it was split by; `''` where a call had none. */
export type UsageRow = UsageSum & { readonly [D in UsageDimension]?: string }

/** A day, and how many rows of daily sums a question finds there: how long its answer is. */
export interface UsageDay {
  readonly day: string
  readonly rows: number
}

/** Which daily sums to read day by day. */
export interface UsageSheetQuery extends Pick<UsageQuery, 'from' | 'to' | 'counted' | 'only'> {
  /** What is told of each row. */
  readonly dimensions: readonly Exclude<UsageDimension, 'day'>[]
  /** Columns of numbers, each what these sums add up to. */
  readonly sums: readonly (readonly (keyof UsageSum)[])[]
  /** Absent: the oldest day comes first. */
  readonly newestFirst?: boolean
}

/** A column of texts: each row has the number of its text. */
export interface UsageColumn {
  readonly rows: Int32Array
  /** By number; `''` where calls had none. Grows from one sheet of an answer to the next: a text keeps its number. */
  readonly texts: readonly string[]
}

/**
 * A day of usage as columns, for answers of so many rows that an object for each would take most of the time. Rows are
 * as fine as they are kept: those with the same values are not added up.
 */
export interface UsageSheet {
  readonly day: string
  readonly rows: number
  /** In the order of the query. */
  readonly dimensions: readonly UsageColumn[]
  readonly sums: readonly Float64Array[]
}

/** No usage. */
export const noUsageSum: UsageSum = Object.freeze({ requests: 0, failures: 0, cacheHits: 0, promptTokens: 0, completionTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0, cachedCompletionTokens: 0, costNanoUsd: 0 })

export function addUsage(a: UsageSum, b: UsageSum): UsageSum {
  return {
    requests: a.requests + b.requests,
    failures: a.failures + b.failures,
    cacheHits: a.cacheHits + b.cacheHits,
    promptTokens: a.promptTokens + b.promptTokens,
    completionTokens: a.completionTokens + b.completionTokens,
    cacheReadTokens: a.cacheReadTokens + b.cacheReadTokens,
    cacheWriteTokens: a.cacheWriteTokens + b.cacheWriteTokens,
    cachedCompletionTokens: a.cachedCompletionTokens + b.cachedCompletionTokens,
    costNanoUsd: a.costNanoUsd + b.costNanoUsd,
  }
}
