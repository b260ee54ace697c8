/**
 * The URL of a signal. `endpoint` is a base URL as OpenTelemetry has it (`/v1/traces` is
 * appended), or, as LiteLLM accepts it, a base ending in `/v1` or a signal's full URL.
 *
 * Source: https://opentelemetry.io/docs/specs/otel/protocol/exporter/#endpoint-urls-for-otlphttp
 */
export function signalUrl(endpoint: string, signal: 'traces' | 'metrics'): string {
  const url = new URL(endpoint)
  const base = url.pathname.replace(/\/+$/, '').replace(/\/v1(\/(traces|metrics|logs))?$/, '')
  url.pathname = `${base}/v1/${signal}`
  return url.href
}
