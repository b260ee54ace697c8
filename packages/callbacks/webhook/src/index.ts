export { webhookConfig, type WebhookConfig } from './config.ts'
export { type CallPayload, mapRecord } from './map-record.ts'
export { webhookPlugin } from './plugin.ts'
