import type { ProviderPlugin } from '@tianjillm/core'
import { headerCredential, joinUrl } from '@tianjillm/provider-kit'
import manifest from '../package.json' with { type: 'json' }
import { createGeminiAdapters } from './adapters.ts'
import { type GeminiConfig, geminiConfig } from './config.ts'
import { modelPath } from './model.ts'
import { createTargets } from './targets.ts'

const versioned = /\/v\d+\w*\/?$/

/** Gemini through Google AI Studio. Source: https://ai.google.dev/api */
export const geminiPlugin: ProviderPlugin<GeminiConfig> = Object.freeze<ProviderPlugin<GeminiConfig>>({
  apiVersion: 1,
  kind: 'provider',
  name: 'gemini',
  version: manifest.version,
  config: geminiConfig,
  env: { api_key: ['GEMINI_API_KEY', 'GOOGLE_API_KEY'], api_base: ['GEMINI_API_BASE'] },
  create: (config) => {
    const base = versioned.test(new URL(config.api_base).pathname) ? config.api_base : joinUrl(config.api_base, config.api_version)
    // A header, never `?key=`: URLs end up in logs.
    const credential = headerCredential({ 'x-goog-api-key': config.api_key }, base)
    return {
      adapters: createGeminiAdapters({
        provider: 'gemini',
        secrets: [config.api_key],
        fileUri: (id) => (id.startsWith('files/') ? joinUrl(base, id) : undefined),
        target: createTargets((verb, model) => ({ url: joinUrl(base, `${modelPath(model)}:${verb}`), headers: config.extra_headers, credential })),
      }),
    }
  },
})
