import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { opentelemetryConfig } from './config.ts'
import { signalUrl } from './endpoint.ts'

const read = (config: unknown) => v.parse(opentelemetryConfig, config)

describe('opentelemetryConfig', () => {
  it('goes to a collector on this machine by default, traces only, no texts', () => {
    expect(read({})).toMatchObject({ endpoint: 'http://localhost:4318', headers: {}, traces: true, metrics: false, capture_messages: false, temporality: 'cumulative' })
  })

  it('reads headers and resource attributes in the environment\'s form, percent-encoded', () => {
    expect(read({ headers: 'Authorization=Basic%20YTpi,x-team=ml', resource_attributes: 'deployment.environment=prod%20eu,k=50%' }))
      .toMatchObject({ headers: { authorization: 'Basic YTpi', 'x-team': 'ml' }, resource_attributes: { 'deployment.environment': 'prod eu', k: '50%' } })
  })

  it.each([['CUMULATIVE', 'cumulative'], ['Delta', 'delta'], ['lowmemory', 'delta']])('reads temporality %s', (word, temporality) => {
    expect(read({ temporality: word }).temporality).toBe(temporality)
  })

  it.each(['otlp_http', 'http/json', 'http/protobuf'])('accepts exporter %s', (exporter) => {
    expect(() => read({ exporter })).not.toThrow()
  })

  it.each(['otlp_grpc', 'grpc', 'console'])('says what to write instead of exporter %s', (exporter) => {
    expect(v.safeParse(opentelemetryConfig, { exporter }).issues?.[0]?.message).toContain('otlp_http')
  })

  it.each([[{ colour: 1 }, 'colour'], [{ endpoint: 'localhost:4318' }, 'endpoint'], [{ headers: 'x' }, 'headers'], [{ timeout: 0 }, 'timeout']])('refuses %j', (config, path) => {
    expect(v.safeParse(opentelemetryConfig, config).issues?.map((issue) => v.getDotPath(issue))).toEqual([path])
  })
})

describe('signalUrl', () => {
  it.each([
    ['http://c:4318', 'http://c:4318/v1/traces'],
    ['http://c:4318/', 'http://c:4318/v1/traces'],
    ['http://c:4318/v1', 'http://c:4318/v1/traces'],
    ['http://c:4318/v1/traces', 'http://c:4318/v1/traces'],
    ['http://c:4318/v1/logs/', 'http://c:4318/v1/traces'],
    ['https://h.test/api/public/otel', 'https://h.test/api/public/otel/v1/traces'],
    ['https://h.test/otlp?org=1', 'https://h.test/otlp/v1/traces?org=1'],
  ])('of %s is %s', (endpoint, url) => {
    expect(signalUrl(endpoint, 'traces')).toBe(url)
  })

  it('turns a traces URL into the metrics URL', () => {
    expect(signalUrl('http://c:4318/v1/traces', 'metrics')).toBe('http://c:4318/v1/metrics')
  })
})
