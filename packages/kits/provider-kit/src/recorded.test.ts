/** Extra: exchanges recorded from real providers, where a checkout has them. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Framing } from '@tianjillm/core'
import { describe, expect, it } from 'vitest'
import { errorFromReply } from './error/from-reply.ts'
import { framesOf } from './framing/__fixtures__/cuts.ts'
import { asRecord, parseJson } from './json.ts'

interface Exchange {
  readonly id: string
  readonly provider: string
  readonly stream: boolean
  readonly response: { readonly status: number; readonly headers: Record<string, string>; readonly body?: unknown; readonly raw?: string; readonly rawBase64?: string }
}

function folder(): string | undefined {
  for (let at = import.meta.dirname; at !== dirname(at); at = dirname(at)) {
    const found = join(at, 'shared/fixtures/providers')
    if (existsSync(found)) return found
  }
  return undefined
}

const root = folder()
const exchanges: Exchange[] = root === undefined ? [] : readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.json') && file.includes('/'))
  .map((file) => JSON.parse(readFileSync(join(root, file), 'utf8')) as Exchange)
const bytesOf = ({ response: { body, raw, rawBase64 } }: Exchange): Buffer => (rawBase64 === undefined ? Buffer.from(raw ?? JSON.stringify(body)) : Buffer.from(rawBase64, 'base64'))

describe.runIf(exchanges.length > 0)('recorded streams', () => {
  const streams = exchanges.filter(({ stream, response }) => stream && response.status === 200 && (response.raw !== undefined || response.rawBase64 !== undefined))
  it.each(streams.map((exchange) => [exchange.id, exchange] as const))('%s', (_, exchange) => {
    const bytes = bytesOf(exchange)
    const framing: Framing = exchange.response.rawBase64 !== undefined ? 'aws-event-stream' : /^\s*\{/.test(exchange.response.raw!) ? 'ndjson' : 'sse'
    const frames = framesOf(framing, bytes)
    expect(frames.length).toBeGreaterThan(0)
    // One cut after another through the stream, in steps that no frame's size divides.
    for (const step of [1, 7, 61, 509]) {
      const cuts = Array.from({ length: Math.floor(bytes.length / step) }, (_unused, i) => i * step)
      expect(framesOf(framing, bytes, cuts)).toEqual(frames)
    }
  })
})

describe.runIf(exchanges.length > 0)('recorded errors', () => {
  const errors = exchanges.filter(({ response }) => response.status >= 400)
  it.each(errors.map((exchange) => [exchange.id, exchange] as const))('%s', (_, exchange) => {
    const { status, headers } = exchange.response
    const error = errorFromReply({ status, headers, body: bytesOf(exchange) }, { provider: exchange.provider })
    expect(error.code).toMatch(/^upstream_/)
    expect(error.status).toBe(status)
    const told = asRecord(asRecord(parseJson(bytesOf(exchange).toString()))['error'])['message']
    expect(error.message.startsWith(`${exchange.provider}: ${typeof told === 'string' && told.length < 500 ? told : ''}`)).toBe(true)
    expect(error.message).not.toMatch(/</)
  })
})
