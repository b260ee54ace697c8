import type { KnownModel } from '@tianjillm/spend'
import { resolveModel } from './resolve.ts'
import { loadTable, type Table, vendors } from './table.ts'

/** What is known of models, for the providers that it was opened for. */
export interface PriceBook {
  /**
   * Prices and facts of a model; undefined when nothing is known. A model named with its provider
   * (`azure/gpt-4o`, as in LiteLLM's `base_model`) is looked for there, if the book has that provider.
   */
  find(provider: string, model: string): KnownModel | undefined
}

/** Reads the tables of these providers (LiteLLM's names), and of none else. Providers without a table know nothing. */
export async function openPriceBook(providers: Iterable<string>): Promise<PriceBook> {
  const byProvider = new Map(vendors.flatMap((vendor) => vendor.providers.map((name) => [name, vendor] as const)))
  const byName = new Map(vendors.map((vendor) => [vendor.name, vendor]))
  const wanted = new Set([...providers].flatMap((name) => byProvider.get(name) ?? []).flatMap((vendor) => [vendor, ...(vendor.fallback ?? []).map((name) => byName.get(name)!)]))
  const tables = new Map<string, Table>(await Promise.all([...wanted].map(async ({ name }) => [name, await loadTable(name)] as const)))
  return {
    find(provider, model) {
      const slash = model.indexOf('/')
      const named = slash > 0 ? byProvider.get(model.slice(0, slash)) : undefined
      const prefixed = named && tables.has(named.name) && !(named.name === byProvider.get(provider)?.name)
      const vendor = prefixed ? named : byProvider.get(provider)
      if (!vendor || !tables.has(vendor.name)) return undefined
      const known = [vendor.name, ...(vendor.fallback ?? [])].flatMap((name) => tables.get(name) ?? [])
      const bare = named === vendor ? model.slice(slash + 1) : model
      return resolveModel(known, bare)
    },
  }
}
