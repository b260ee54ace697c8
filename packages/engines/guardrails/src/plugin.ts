import type { GuardrailPlugin } from '@tianjillm/core'
import manifest from '../package.json' with { type: 'json' }
import { contentFilterConfig, type ContentFilterConfig } from './config.ts'
import { createContentFilter } from './content-filter.ts'

/** Blocks or masks keywords and patterns, without a network. Source of names: LiteLLM's content filter. */
export const contentFilterPlugin: GuardrailPlugin<ContentFilterConfig> = Object.freeze({
  apiVersion: 1,
  kind: 'guardrail',
  name: 'content_filter',
  aliases: ['litellm_content_filter'],
  version: manifest.version,
  config: contentFilterConfig,
  create: createContentFilter,
})
