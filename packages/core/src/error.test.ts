import { describe, expect, it } from 'vitest'
import { asGatewayError, GatewayError, isGatewayError } from './error.ts'
import { errorTable } from './error-table.ts'
import { errorToOpenAI } from './wire/error.ts'

describe('GatewayError', () => {
  it('takes status, type and code from the table', () => {
    expect(new GatewayError('unknown_model', 'No such model.')).toMatchObject({ status: 400, type: 'invalid_request_error', wireCode: 'model_not_found', retryable: false })
  })

  it('says the status as the code where the table has none, as LiteLLM does', () => {
    expect(new GatewayError('permission_denied', 'No.').wireCode).toBe('403')
    expect(new GatewayError('upstream_invalid_request', 'No.', { status: 422 }).wireCode).toBe('422')
  })

  it('lets an upstream have its own status, type and code', () => {
    const error = new GatewayError('upstream_error', 'x', { status: 599, type: 'weird', wireCode: 'e42', retryAfter: 3, provider: 'acme', param: 'n' })
    expect(error).toMatchObject({ status: 599, type: 'weird', wireCode: 'e42', retryAfter: 3, provider: 'acme', param: 'n', retryable: true })
  })

  it('is recognised by its marker, also from another copy of core', () => {
    expect(isGatewayError(new GatewayError('internal', 'x'))).toBe(true)
    expect(isGatewayError({ [Symbol.for('tianjillm.error')]: true })).toBe(true)
    for (const other of [new Error('x'), { code: 'internal' }, null, undefined, 'x']) expect(isGatewayError(other)).toBe(false)
  })

  it('hides what is unknown behind `internal`, and keeps it as the cause', () => {
    const cause = new Error('password is hunter2')
    const error = asGatewayError(cause)
    expect(error).toMatchObject({ code: 'internal', status: 500, cause })
    expect(JSON.stringify(errorToOpenAI(error))).not.toContain('hunter2')
    expect(asGatewayError(error)).toBe(error)
  })

  it('has a table whose statuses are errors and whose help ends in a sentence', () => {
    for (const [code, { status, help }] of Object.entries(errorTable)) {
      expect(status, code).toBeGreaterThanOrEqual(400)
      expect(status, code).toBeLessThan(600)
      expect(help, code).toMatch(/[.)]$/)
    }
  })
})
