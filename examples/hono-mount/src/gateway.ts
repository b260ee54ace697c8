import { createMasterKeyAuthenticator } from '@tianjillm/auth'
import { createConnector } from '@tianjillm/connector'
import { type Host, type Log, systemClock } from '@tianjillm/core'
import { createGateway, type Deployment, type Gateway } from '@tianjillm/gateway'
import { openaiPlugin } from '@tianjillm/providers-openai'
import { createRouter } from '@tianjillm/router'

/** What {@link createOwnGateway} needs. */
export interface GatewayOptions {
  /** The key that callers of the gateway show. */
  readonly key: string
  readonly openaiKey: string
  readonly openaiBase?: string
}

const log: Log = { debug() {}, info() {}, warn: console.warn, error: console.error }

/** A gateway with one model, `gpt`, put together without a config file. */
export async function createOwnGateway({ key, openaiKey, openaiBase = 'https://api.openai.com/v1' }: GatewayOptions): Promise<{ gateway: Gateway; close(): Promise<void> }> {
  const connector = createConnector()
  const host: Host = { http: connector, clock: systemClock, log }
  const provider = await openaiPlugin.create({ api_key: openaiKey, api_base: openaiBase, extra_headers: {} }, host)
  const deployment: Deployment = {
    id: 'openai-1', modelName: 'gpt', model: 'gpt-4o-mini', providerName: openaiPlugin.name, provider,
    trust: 'operator', timeouts: { total: 60_000 }, streamTimeouts: { idle: 60_000 }, dropParams: false,
  }
  const gateway = createGateway({
    settings: {
      authenticator: createMasterKeyAuthenticator(key),
      router: createRouter({ deployments: [deployment] }),
      http: connector, clock: systemClock, log,
      callbacks: [], guardrails: [], dropParams: false, captureText: false,
      limits: { maxBodyBytes: 10 * 1024 * 1024, bodyTimeoutMs: 60_000, maxReplyBytes: 32 * 1024 * 1024 },
    },
  })
  return {
    gateway,
    async close() {
      await gateway.drain(AbortSignal.timeout(5000))
      await provider.close?.()
      await connector.destroy()
    },
  }
}
