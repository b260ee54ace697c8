import { expect, it } from 'vitest'
import { geminiError } from './error.ts'

const errorOf = (status: number, body: unknown, headers = {}) => geminiError({ status, headers, body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)) }, 'acme', ['hunter2-hunter2'])
const detail = (type: string, fields: object) => ({ '@type': `type.googleapis.com/google.rpc.${type}`, ...fields })

it.each([['34.4s', 35], ['7s', 7], ['0s', 0], ['soon', undefined], ['-1s', undefined]])('waits as RetryInfo says: %s', (retryDelay, expected) => {
  expect(errorOf(429, { error: { code: 429, message: 'Quota.', details: [detail('QuotaFailure', {}), detail('RetryInfo', { retryDelay })] } })).toMatchObject({ code: 'upstream_rate_limit', retryAfter: expected, message: 'acme: Quota.' })
})

it('believes the header first', () => {
  expect(errorOf(429, { error: { details: [detail('RetryInfo', { retryDelay: '5s' })] } }, { 'retry-after': '9' }).retryAfter).toBe(9)
})

it('takes a refused key for what it is, though Google calls it a bad request', () => {
  expect(errorOf(400, { error: { message: 'API key not valid.', details: [detail('ErrorInfo', { reason: 'API_KEY_INVALID' })] } })).toMatchObject({ code: 'upstream_auth', status: 401 })
  expect(errorOf(400, { error: { message: 'Bad field.', details: [detail('BadRequest', {})] } })).toMatchObject({ code: 'upstream_invalid_request', status: 400 })
})

it('reads errors in a list, as streams without SSE have them', () => {
  expect(errorOf(503, [{ error: { message: 'Overloaded.', details: [detail('RetryInfo', { retryDelay: '2s' })] } }])).toMatchObject({ code: 'upstream_overloaded', retryAfter: 2 })
})

it('never passes a key on', () => {
  expect(errorOf(400, { error: { message: 'Key hunter2-hunter2 is odd.' } }).message).toBe('acme: Key [secret] is odd.')
})

it.each([['text', 'plain'], ['nothing', ''], ['wrong types', { error: { details: [null, 7, { retryDelay: 3 }] } }]])('survives %s', (_, body) => {
  expect(errorOf(500, body).code).toBe('upstream_error')
})
