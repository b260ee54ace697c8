import { isGatewayError } from '@tianjillm/core'
import { describe, expect, it } from 'vitest'
import { errorFromReply, type ReplyFacts } from './from-reply.ts'

type Headers = Record<string, string | string[]>

function errorOf(status: number, body: unknown, headers: Headers = {}, facts: Partial<ReplyFacts> = {}) {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return errorFromReply({ status, headers, body: new TextEncoder().encode(text) }, { provider: 'acme', ...facts })
}

describe('the code of an error answer', () => {
  it.each([
    [301, 'upstream_not_found', false], [400, 'upstream_invalid_request', false], [401, 'upstream_auth', false],
    [402, 'upstream_permission', false], [403, 'upstream_permission', false], [404, 'upstream_not_found', false],
    [405, 'upstream_invalid_request', false], [408, 'upstream_timeout', true], [409, 'upstream_error', true],
    [413, 'upstream_invalid_request', false], [415, 'upstream_invalid_request', false], [422, 'upstream_invalid_request', false],
    [424, 'upstream_invalid_request', false], [425, 'upstream_overloaded', true], [429, 'upstream_rate_limit', true],
    [500, 'upstream_error', true], [502, 'upstream_error', true], [503, 'upstream_overloaded', true],
    [504, 'upstream_timeout', true], [524, 'upstream_timeout', true], [529, 'upstream_overloaded', true], [599, 'upstream_error', true],
  ])('%i is %s', (status, code, retryable) => {
    const error = errorOf(status, { error: { message: 'No.' } })
    expect(error).toMatchObject({ code, retryable, provider: 'acme' })
    expect(error.status).toBe(status < 400 ? 404 : status)
  })

  it.each([
    [400, { error: { message: 'Too long.', code: 'context_length_exceeded' } }],
    [400, { error: { message: "This model's maximum context length is 128000 tokens.", type: 'invalid_request_error' } }],
    [400, { type: 'error', error: { type: 'invalid_request_error', message: 'prompt is too long: 210000 tokens > 200000 maximum' } }],
    [400, { error: { code: 400, message: 'The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).', status: 'INVALID_ARGUMENT' } }],
    [400, { message: 'Input is too long for requested model.' }],
    [413, { error: { message: 'Please reduce the length of the messages or completion.' } }],
    [422, { message: 'too many tokens: size limit exceeded' }],
  ])('%i is the context window: %j', (status, body) => {
    expect(errorOf(status, body)).toMatchObject({ code: 'upstream_context_window', wireCode: 'context_length_exceeded', status })
  })

  it.each([
    [400, { error: { message: 'The response was filtered.', code: 'content_filter', innererror: { code: 'ResponsibleAIPolicyViolation' } } }],
    [400, { error: { message: 'No.', innererror: { code: 'ResponsibleAIPolicyViolation' } } }],
    [400, { error: { message: 'Your request was rejected as a result of our safety system.', type: 'invalid_request_error' } }],
    [400, { code: 'data_inspection_failed', message: 'Output data may contain inappropriate content.' }],
    [403, { error: { message: 'Refused.', code: 'content_policy_violation' } }],
  ])('%i is the content policy: %j', (status, body) => {
    expect(errorOf(status, body)).toMatchObject({ code: 'upstream_content_policy', wireCode: 'content_policy_violation', status })
  })

  it('does not call a token limit of the answer a context window', () => {
    expect(errorOf(400, { error: { message: 'max_tokens is too large: 99999. This model supports at most 16384 completion tokens.' } }).code).toBe('upstream_invalid_request')
  })

  it('does not read a policy into a failed server', () => {
    expect(errorOf(503, { error: { message: 'The content filter is down.' } }).code).toBe('upstream_overloaded')
  })

  it('reads an overloaded server from its type', () => {
    expect(errorOf(500, { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } })).toMatchObject({ code: 'upstream_overloaded', status: 500 })
  })
})

describe('the words of an error answer', () => {
  it('keeps status, type, code and param of the upstream', () => {
    const error = errorOf(400, { error: { message: "Unsupported parameter: 'max_tokens'.", type: 'invalid_request_error', param: 'max_tokens', code: 'unsupported_parameter' } })
    expect(error).toMatchObject({ message: "acme: Unsupported parameter: 'max_tokens'.", status: 400, type: 'invalid_request_error', param: 'max_tokens', wireCode: 'unsupported_parameter' })
  })

  it.each([
    ['text in error', { error: 'Model busy' }, 'Model busy'],
    ['message', { message: 'Bad credentials', status: '401' }, 'Bad credentials'],
    ['Message of AWS', { Message: 'User is not authorized' }, 'User is not authorized'],
    ['detail', { status: 404, title: 'Not Found', detail: "Function 'x': Not found" }, "Function 'x': Not found"],
    ['detail as a list', { detail: [{ loc: ['body', 'messages', 0], msg: 'field required' }, { msg: 'bad' }] }, 'body.messages.0: field required; bad'],
    ['title', { title: 'Not Found' }, 'Not Found'],
    ['errors', { errors: [{ message: 'AiError: Bad input', code: 5006 }], success: false }, 'AiError: Bad input'],
    ['errors as texts', { errors: ['quota'] }, 'quota'],
    ['an array', [{ error: { code: 429, message: 'Quota.', status: 'RESOURCE_EXHAUSTED' } }], 'Quota.'],
    ['a JSON text', '"Nope"', 'Nope'],
    ['plain text', 'upstream connect error', 'upstream connect error'],
    ['control characters', 'a\r\nX-Injected: 1\u0000\u001b[31mb', 'a X-Injected: 1 [31mb'],
  ])('reads %s', (_, body, message) => {
    expect(errorOf(418, body).message).toBe(`acme: ${message}`)
  })

  it.each([
    ['HTML', '<html>\r\n<head><title>401 Authorization Required</title></head></html>'],
    ['an HTML page with a preface', '\n<!DOCTYPE html><p>Cloudflare</p>'],
    ['nothing', ''], ['null', null], ['a number', '17'], ['an empty object', {}], ['an empty array', []],
    ['wrong types', { error: { message: 7, type: [], code: {} }, message: null, detail: 3 }], ['broken bytes only', '   \u0000 '],
  ])('says a generic sentence for %s', (_, body) => {
    expect(errorOf(401, body).message).toBe('acme: answered with status 401 and no readable message.')
  })

  it('takes words, not sentences or numbers, as type and code', () => {
    const error = errorOf(400, { code: 'Client specified an invalid argument', error: 'Incorrect API key' })
    expect(error).toMatchObject({ wireCode: '400', type: 'invalid_request_error' })
    expect(errorOf(402, { error: { message: 'Insufficient credits', code: 402 } }).wireCode).toBe('402')
  })

  it('reads the error type of AWS, from the header or the body', () => {
    expect(errorOf(400, { message: 'Malformed' }, { 'x-amzn-errortype': 'ValidationException:http://internal.amazon.com/' }).type).toBe('ValidationException')
    expect(errorOf(400, { __type: 'com.amazon.coral.service#SerializationException' }).type).toBe('SerializationException')
  })

  it('asks the provider\'s own reader first, and falls back field by field', () => {
    const parse: ReplyFacts['parse'] = (json) => ({ message: (json as { fault: { text: string } }).fault.text, type: undefined, retryAfter: 9 })
    expect(errorOf(429, { fault: { text: 'Slow down' }, type: 'quota' }, {}, { parse })).toMatchObject({ message: 'acme: Slow down', type: 'quota', retryAfter: 9 })
  })

  it('survives a reader that throws', () => {
    const parse = (): never => { throw new TypeError('unexpected') }
    expect(errorOf(500, { error: { message: 'Down' } }, {}, { parse }).message).toBe('acme: Down')
  })

  it('cuts long messages and huge bodies', () => {
    expect(errorOf(500, { message: 'x'.repeat(50_000) }).message.length).toBeLessThan(1100)
    expect(errorOf(500, 'y'.repeat(5_000_000)).message.length).toBeLessThan(1100)
  })

  it('never passes a key on, wherever the upstream puts it', () => {
    const key = 'sk-tianji-0123456789abcdef'
    for (const body of [`Wrong key ${key}`, { error: { message: `Incorrect API key provided: ${key}`, type: `bad-${key}`, param: key, code: key } }, { detail: [{ loc: [key], msg: `Bearer ${key}` }] }]) {
      const error = errorOf(401, body)
      expect(JSON.stringify([error, error.message, error.stack, error.type, error.wireCode, error.param])).not.toContain('0123456789abcdef')
    }
    const odd = errorOf(401, { message: 'key hunter2-hunter2 is wrong' }, {}, { secrets: ['hunter2-hunter2'] })
    expect(odd.message).toBe('acme: key [secret] is wrong')
  })

  it('does not leave half a key where the message is cut', () => {
    const text = `${'x'.repeat(995)} sk-abcdefghijklmnopqrstuvwxyz`
    expect(errorOf(401, { message: text }).message).not.toContain('sk-')
  })

  it('is an error of core', () => {
    expect(isGatewayError(errorOf(500, ''))).toBe(true)
  })
})

describe('Retry-After', () => {
  const date = 'Mon, 24 Nov 2025 10:00:00 GMT'
  it.each<[string, Headers, number | undefined]>([
    ['seconds', { 'retry-after': '7' }, 7],
    ['fractions, rounded up', { 'retry-after': '0.25' }, 1],
    ['milliseconds', { 'retry-after-ms': '1500', 'retry-after': '9' }, 2],
    ['a date', { 'retry-after': 'Mon, 24 Nov 2025 10:00:30 GMT', date }, 30],
    ['a date in the past', { 'retry-after': 'Mon, 24 Nov 2025 09:00:00 GMT', date }, 0],
    ['a date without the answer\'s own', { 'retry-after': 'Mon, 24 Nov 2025 10:00:30 GMT' }, undefined],
    ['several values', { 'retry-after': ['3', '4'] }, 3],
    ['nonsense', { 'retry-after': 'soon', date }, undefined],
    ['negative', { 'retry-after': '-5' }, undefined],
    ['endless', { 'retry-after': '9'.repeat(400) }, undefined],
    ['none', {}, undefined],
  ])('%s', (_, headers, expected) => {
    expect(errorOf(429, { error: { message: 'Slow' } }, headers).retryAfter).toBe(expected)
  })
})
