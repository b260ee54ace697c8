import type { ProviderPlugin } from '@tianjillm/core'
import { bearer } from '@tianjillm/provider-kit'
import * as v from 'valibot'
import manifest from '../package.json' with { type: 'json' }
import { createChatAdapter } from './chat.ts'

/** What an operator may write. Unknown keys are an error. */
export const echoConfig = v.strictObject({
  api_key: v.pipe(v.string(), v.nonEmpty(), v.metadata({ secret: true })),
  api_base: v.optional(v.pipe(v.string(), v.url()), 'https://echo.acme.example'),
})

export type EchoConfig = v.InferOutput<typeof echoConfig>

/** Models of the Echo service. */
export const echoPlugin: ProviderPlugin<EchoConfig> = Object.freeze({
  apiVersion: 1,
  kind: 'provider',
  name: 'acme-echo',
  version: manifest.version,
  config: echoConfig,
  env: { api_key: ['ECHO_API_KEY'], api_base: ['ECHO_API_BASE'] },
  create: ({ api_key, api_base }: EchoConfig) => ({ adapters: { chat: createChatAdapter(api_base, bearer(api_key, api_base)) } }),
} satisfies ProviderPlugin<EchoConfig>)
