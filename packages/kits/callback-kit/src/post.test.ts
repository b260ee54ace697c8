import { GatewayError } from '@tianjillm/core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { answer, type FakeUpstream } from '@tianjillm/test-kit'
import { openStage, type Stage } from './__fixtures__/double.ts'
import { post, postJson } from './post.ts'
import { asSendError, isSendError, SendError } from './send-error.ts'

let stage: Stage
let target: FakeUpstream
beforeEach(async () => {
  stage = await openStage()
  target = stage.target
})
afterEach(() => stage[Symbol.asyncDispose]())

const failure = async (status: number, headers: Record<string, string> = {}): Promise<SendError> => {
  target.next(answer.error(status, 'internal words', headers))
  const error: unknown = await postJson(stage.host, { url: target.url, json: {} }).catch((thrown: unknown) => thrown)
  if (!isSendError(error)) throw new Error('expected a SendError')
  return error
}

describe('postJson', () => {
  it('posts JSON and answers with the reply', async () => {
    target.next(answer.json({ taken: 2 }, { status: 202 }))
    const reply = await postJson(stage.host, { url: `${target.url}/in?a=1`, json: { n: 1 }, headers: { 'x-one': '1' }, secretHeaders: { authorization: 'Bearer t' } })
    expect(reply.body.toString()).toBe('{"taken":2}')
    expect(target.requests[0]).toMatchObject({ method: 'POST', path: '/in?a=1', text: '{"n":1}', headers: { 'content-type': 'application/json', 'x-one': '1', authorization: 'Bearer t' } })
  })

  it.each([[408, true], [429, true], [500, true], [503, true], [400, false], [401, false], [403, false], [404, false], [409, false], [410, false], [301, false]])('says of %i whether a retry is worth it: %s', async (status, retryable) => {
    const error = await failure(status)
    expect([error.status, error.retryable, error.tooLarge]).toEqual([status, retryable, false])
  })

  it('marks 413 as too large', async () => {
    expect(await failure(413)).toMatchObject({ tooLarge: true, retryable: false })
  })

  it('lets an integration say what is retryable', async () => {
    target.next(answer.error(500))
    await expect(post(stage.host, { url: target.url, body: '', retryOn: (status) => status === 502 })).rejects.toMatchObject({ retryable: false })
  })

  it('reads Retry-After of 429 and 503 only, in seconds or as a date', async () => {
    expect((await failure(429, { 'retry-after': '3' })).retryAfterMs).toBe(3000)
    expect((await failure(503, { 'retry-after': 'Fri, 02 Jan 2026 03:04:15 GMT' })).retryAfterMs).toBe(10_000)
    expect((await failure(500, { 'retry-after': '3' })).retryAfterMs).toBeUndefined()
  })

  it('names host and status in its message, and what to check, but no body and no path', async () => {
    const error = await failure(401)
    expect(error.message).toMatch(/^POST to 127\.0\.0\.1:\d+ was answered with 401\. Check the credential/)
    expect(error.message).not.toContain('internal words')
  })

  it('binds secret headers to the host of the URL', async () => {
    const host = stage.host
    const seen: unknown[] = []
    await postJson({ ...host, http: { ...host.http, send: async (request) => { seen.push(request.credential); return { status: 200, headers: {}, body: Buffer.alloc(0) } } } }, { url: 'https://logs.test:443/x', json: 1, secretHeaders: { 'x-key': 'k' } })
    expect(seen).toEqual([{ hosts: ['logs.test'], headers: { 'x-key': 'k' } }])
  })
})

describe('post', () => {
  it('sends bytes with the content type it is given, and one content type only', async () => {
    const host = stage.host
    await post(host, { url: target.url, body: new Uint8Array([104, 105]), contentType: 'text/plain' })
    await post(host, { url: target.url, body: '', secretHeaders: { 'content-type': 'application/vnd.acme+json' } })
    expect(target.requests.map(({ headers, text }) => [headers['content-type'], text])).toEqual([['text/plain', 'hi'], ['application/vnd.acme+json', '']])
    const seen: unknown[] = []
    await post({ ...host, http: { ...host.http, send: async (request) => { seen.push(request.headers); return { status: 200, headers: {}, body: Buffer.alloc(0) } } } }, { url: target.url, body: '', secretHeaders: { 'content-type': 'a/b' } })
    expect(seen).toEqual([{}])
  })

  it('ends at its signal', async () => {
    target.next(answer.hang())
    const gone = new AbortController()
    const posted = post(stage.host, { url: target.url, body: '', signal: gone.signal })
    const { aborted } = await target.request(0)
    gone.abort()
    await expect(posted).rejects.toMatchObject({ code: 'client_closed' })
    await aborted
  })
})

describe('asSendError', () => {
  it('retries what the connector calls retryable, but not an answer that could not be read', () => {
    expect(asSendError(new GatewayError('upstream_unreachable', 'm')).retryable).toBe(true)
    expect(asSendError(new GatewayError('upstream_timeout', 'm', { retryAfter: 2 }))).toMatchObject({ retryable: true, retryAfterMs: 2000 })
    expect(asSendError(new GatewayError('address_refused', 'm')).retryable).toBe(false)
    expect(asSendError(new GatewayError('upstream_malformed', 'm')).retryable).toBe(false)
  })

  it('keeps a SendError as it is, of another copy of the kit too', () => {
    const error = new SendError('m', { retryable: true })
    expect(asSendError(error)).toBe(error)
    const foreign = Object.assign(new Error('m'), { [Symbol.for('tianjillm.send-error')]: true, retryable: true })
    expect(asSendError(foreign)).toBe(foreign)
  })

  it('copes with anything thrown', () => {
    expect(asSendError('text')).toMatchObject({ retryable: false, message: 'The integration failed with string.' })
    expect(asSendError(undefined).retryable).toBe(false)
  })
})
