import { describe, expect, it } from 'vitest'
import { finishedCall as call } from '@tianjillm/test-kit'
import { plain } from './__fixtures__/read.ts'
import { Histograms } from './histograms.ts'
import { measure } from './measure.ts'

const values = (record: Parameters<typeof measure>[0]) => measure(record).map(({ name, value, attributes }) => [name.replace('gen_ai.client.', ''), plain(attributes)['gen_ai.token.type'], value])

describe('measure', () => {
  it('tells duration in seconds and tokens by type', () => {
    expect(values(call())).toEqual([['operation.duration', undefined, 1.5], ['token.usage', 'input', 14], ['token.usage', 'output', 8]])
    expect(plain(measure(call())[0]?.attributes)).toEqual({
      'gen_ai.operation.name': 'chat', 'gen_ai.provider.name': 'openai', 'gen_ai.request.model': 'gpt-5', 'gen_ai.response.model': 'gpt-5-2026-01-01', 'server.address': 'api.openai.com', 'server.port': 443,
    })
  })

  it('tells the time to the first chunk of streams', () => {
    const record = call({ stream: true })
    expect(values({ ...record, firstByteAt: record.startedAt + 40 })).toContainEqual(['operation.time_to_first_chunk', undefined, 0.04])
  })

  it('tells no tokens of cached answers', () => {
    expect(values(call({ cacheHit: true }))).toEqual([['operation.duration', undefined, 1.5]])
  })

  it('marks the duration of failures, and nothing of the caller', () => {
    const attributes = plain(measure(call({ status: 'failure', error: { code: 'upstream_timeout', status: 408, message: 'm' } }))[0]?.attributes)
    expect(attributes['error.type']).toBe('upstream_timeout')
    expect(JSON.stringify(attributes)).not.toMatch(/ci|user-1|end-1/)
  })
})

describe('Histograms', () => {
  const duration = (value: number, model = 'm') => ({ name: 'gen_ai.client.operation.duration' as const, value, attributes: [{ key: 'model', value: { stringValue: model } }] })

  it('puts a value that equals a bound into the bucket that the bound ends', () => {
    const histograms = new Histograms()
    for (const value of [0, 0.01, 0.011, 81.92, 82]) histograms.add(duration(value))
    const point = histograms.toMetrics('delta', 1000, 2000)[0]?.histogram.dataPoints[0]
    expect(point?.bucketCounts).toEqual(['2', '1', ...Array.from({ length: 11 }, () => '0'), '1', '1'])
    expect(point).toMatchObject({ count: '5', min: 0, max: 82, startTimeUnixNano: '1000000000', timeUnixNano: '2000000000' })
  })

  it('keeps a series for each set of attributes, and one for all beyond the limit', () => {
    const histograms = new Histograms()
    for (let i = 0; i < 2500; i++) histograms.add(duration(1, `model-${i}`))
    const points = histograms.toMetrics('cumulative', 0, 1)[0]?.histogram.dataPoints ?? []
    expect(points).toHaveLength(2000)
    expect(plain(points.at(-1)?.attributes)).toEqual({ 'otel.metric.overflow': true })
    expect(points.at(-1)?.count).toBe('501')
  })
})
