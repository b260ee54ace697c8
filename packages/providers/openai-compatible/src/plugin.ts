import type { ProviderPlugin } from '@tianjillm/core'
import { bearer, createOpenAIAdapters, openaiPaths, type OpenAIQuirks } from '@tianjillm/provider-kit'
import manifest from '../package.json' with { type: 'json' }
import { catalogue, type CatalogueRow } from './catalogue.ts'
import { configFor, type OpenAICompatibleConfig } from './config.ts'

/** A provider plugin for one row of the catalogue (or for a row of your own). */
export function openaiCompatiblePlugin(row: CatalogueRow): ProviderPlugin<OpenAICompatibleConfig> {
  const operations = [...row.operations, ...(row.responses ? (['responses'] as const) : [])]
  const paths = Object.fromEntries(operations.map((operation) => [operation, openaiPaths[operation]]))
  return Object.freeze<ProviderPlugin<OpenAICompatibleConfig>>({
    apiVersion: 1,
    kind: 'provider',
    name: row.name,
    aliases: row.aliases,
    version: manifest.version,
    config: configFor(row),
    env: { api_key: row.key_env, ...(row.base_env.length > 0 && { api_base: row.base_env }) },
    create: (config) => ({
      adapters: createOpenAIAdapters({
        provider: row.name,
        baseUrl: config.api_base,
        headers: config.extra_headers,
        ...(config.api_key !== undefined && { credential: bearer(config.api_key, config.api_base) }),
        paths,
        keepsResponses: row.responses?.keeps ?? false,
        quirks: row.quirks as OpenAIQuirks,
      }),
    }),
  })
}

/** One plugin for each row of the catalogue. */
export const openaiCompatiblePlugins: readonly ProviderPlugin<OpenAICompatibleConfig>[] = catalogue.map(openaiCompatiblePlugin)
