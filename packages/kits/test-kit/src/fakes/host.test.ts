import { Secret } from '@tianjillm/core'
import { describe, expect, it } from 'vitest'
import { callRecord, callRecords, TEST_SECRET } from './builders.ts'
import { createTestHost, everything } from './host.ts'

describe('createTestHost', () => {
  it('collects what is logged, deep enough to find a secret', () => {
    const host = createTestHost()
    host.log.info({ a: { b: { c: [{ d: TEST_SECRET }] } } }, 'Sent.')
    host.log.warn({ error: new Error('outer', { cause: new Error(`key ${TEST_SECRET}2`) }) }, 'Failed.')
    expect(host.entries.map(({ level, message }) => [level, message])).toEqual([['info', 'Sent.'], ['warn', 'Failed.']])
    expect(host.logText()).toContain(TEST_SECRET)
    expect(host.logText()).toContain(`${TEST_SECRET}2`)
  })

  it('does not see through core\'s Secret', () => {
    expect(everything({ key: new Secret(TEST_SECRET) })).not.toContain(TEST_SECRET)
  })

  it('refuses I/O unless it was given a client', async () => {
    const { http } = createTestHost()
    await expect(http.send({ method: 'GET', url: 'https://a.example/x' })).rejects.toThrow('Unexpected I/O: GET https://a.example/x')
    expect(() => http.open({ method: 'GET', url: 'https://a.example/x' }, {} as never)).toThrow('Unexpected I/O')
  })
})

describe('record builders', () => {
  it('give frozen records with ids of their own', () => {
    const [one, two] = [callRecord(), callRecord({ model: 'other' })]
    expect(one.id).not.toBe(two.id)
    expect(two.model).toBe('other')
    expect(() => { (one.caller as { keyAlias?: string }).keyAlias = 'x' }).toThrow(TypeError)
  })

  it('tell every status and the optional fields', () => {
    const records = Object.values(callRecords())
    expect(new Set(records.map((record) => record.status))).toEqual(new Set(['success', 'failure', 'cancelled', 'blocked']))
    expect(Object.keys(callRecords().bare)).not.toContain('usage')
  })
})
