import type { Callback, CallbackPlugin, Host } from '@tianjillm/core'
import { createSink, post } from '@tianjillm/callback-kit'
import manifest from '../package.json' with { type: 'json' }
import { webhookConfig, type WebhookConfig } from './config.ts'
import { encodeBatch } from './encode.ts'
import { type CallPayload, mapRecord } from './map-record.ts'
import { messageId, signingKey, webhookHeaders } from './sign.ts'

/** Posts finished calls to any URL. */
export const webhookPlugin: CallbackPlugin<WebhookConfig> = Object.freeze({
  apiVersion: 1,
  kind: 'callback',
  name: 'webhook',
  aliases: ['generic_api'],
  version: manifest.version,
  config: webhookConfig,
  env: { endpoint: ['GENERIC_LOGGER_ENDPOINT'], headers: ['GENERIC_LOGGER_HEADERS'] },
  create: (config: WebhookConfig, host: Host): Callback => {
    const keys = config.secrets.map((secret) => signingKey(secret) as Buffer)
    const single = config.format === 'single'
    return createSink<CallPayload>({
      name: 'webhook',
      host,
      needs: { text: !config.turn_off_message_logging },
      map: (record) => (config.statuses.has(record.status === 'success' ? 'success' : 'failure') ? mapRecord(record) : undefined),
      maxItems: single ? 1 : config.batch_size,
      maxBytes: 4 << 20,
      maxAgeMs: config.flush_interval * 1000,
      concurrency: single ? 8 : 2,
      sendTimeoutMs: config.timeout * 1000,
      async send(items, signal) {
        const { body, contentType } = encodeBatch(items, config.format)
        await post(host, {
          url: config.url,
          body,
          contentType,
          headers: webhookHeaders(messageId(items.map(({ id }) => id)), host.clock.now() / 1000, body, keys),
          secretHeaders: config.headers,
          timeoutMs: config.timeout * 1000,
          signal,
        })
      },
    })
  },
})
