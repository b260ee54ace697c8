import { isGatewayError } from '@tianjillm/core'

/** What came of each part of a request: one that fails keeps no other from being done. */
export interface Outcome<Item, Result> {
  readonly done: readonly { readonly item: Item; readonly result: Result }[]
  readonly failed: readonly { readonly item: Item; readonly reason: string }[]
}

/** Does the same to many, one after the other; an error that is no answer to the caller (the database is away) ends it. */
export async function each<Item, Result>(items: readonly Item[], work: (item: Item) => Promise<Result>): Promise<Outcome<Item, Result>> {
  const done: { item: Item; result: Result }[] = []
  const failed: { item: Item; reason: string }[] = []
  for (const item of items) {
    try {
      done.push({ item, result: await work(item) })
    } catch (error) {
      if (!isGatewayError(error) || error.status >= 500) throw error
      failed.push({ item, reason: error.message })
    }
  }
  return { done, failed }
}
