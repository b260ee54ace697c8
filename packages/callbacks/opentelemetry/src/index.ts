export { opentelemetryConfig, type OpentelemetryConfig } from './config.ts'
export { opentelemetryPlugin } from './plugin.ts'
export { toSpan } from './span.ts'
