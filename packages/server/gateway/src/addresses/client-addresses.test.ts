import { describe, expect, it } from 'vitest'
import { isAddressRange } from './address-range.ts'
import { createClientAddresses } from './client-addresses.ts'

const from = (remoteAddress: string | undefined, hops?: string) => ({ remoteAddress, header: (name: string) => (name === 'x-forwarded-for' ? hops : undefined) })

describe('where calls come from', () => {
  it.each([
    ['10.0.0.7', undefined, '10.0.0.7'],
    ['::ffff:10.0.0.7', undefined, '10.0.0.7'],
    ['fe80::1%eth0', undefined, 'fe80::1'],
    ['10.0.0.7', '1.1.1.1', '1.1.1.1'],
    ['10.0.0.7', '6.6.6.6, 1.1.1.1', '1.1.1.1'],
    ['10.0.0.7', '6.6.6.6,"[2001:db8::1]:4711"', '2001:db8::1'],
    ['10.0.0.7', '1.1.1.1:4711', '1.1.1.1'],
    ['10.0.0.7', '1.1.1.1, ::FFFF:2.2.2.2', '2.2.2.2'],
    ['10.0.0.7', '1.1.1.1, unknown', undefined],
    ['10.0.0.7', '', undefined],
    [undefined, '1.1.1.1', '1.1.1.1'],
  ])('connected from %s, forwarded for %s: %s', (peer, hops, expected) => {
    expect(createClientAddresses({ forwarded: true })!.of(from(peer, hops))).toBe(expected)
  })

  it('LL#33324: behind several proxies, the first that is none of them; what others write is not read', () => {
    const { of } = createClientAddresses({ forwarded: true, proxies: ['10.0.0.0/8', '2001:db8::/32'] })!
    expect(of(from('10.0.0.7', '6.6.6.6, 1.1.1.1, 10.9.9.9, 2001:db8::5'))).toBe('1.1.1.1')
    expect(of(from('::ffff:10.0.0.7', '10.1.1.1, 10.2.2.2'))).toBe('10.1.1.1')
    expect(of(from('9.9.9.9', '1.1.1.1'))).toBe('9.9.9.9')
    expect(of(from(undefined, '1.1.1.1'))).toBeUndefined()
    expect(createClientAddresses({ allowed: ['1.1.1.1'], forwarded: false })!.of(from('9.9.9.9', '1.1.1.1'))).toBe('9.9.9.9')
  })

  it('addresses and ranges may call, in both forms, and nobody whose address is not known', () => {
    const { check } = createClientAddresses({ allowed: ['192.168.1.5', '10.0.0.0/8', '2001:db8::/32', '::ffff:172.16.0.0/108'], forwarded: false })!
    for (const address of ['192.168.1.5', '::ffff:192.168.1.5', '10.255.0.1', '2001:db8:ffff::1', '172.16.3.4', '::ffff:172.31.0.1']) expect(() => check(from(address)), address).not.toThrow()
    for (const address of ['192.168.1.50', '11.0.0.1', '2001:db9::1', '172.32.0.1', '::1', undefined]) expect(() => check(from(address)), address).toThrow(/not allowed here/)
  })

  it('nothing said: nothing to ask', () => {
    expect(createClientAddresses({ forwarded: false })).toBeUndefined()
    expect(createClientAddresses({ allowed: [], forwarded: false })).toBeUndefined()
    expect(() => createClientAddresses({ forwarded: true })!.check(from('1.1.1.1'))).not.toThrow()
  })

  it.each(['10.0.0.1', '10.0.0.0/8', '0.0.0.0/0', '::/0', '::1', '2001:db8::/32', '::ffff:10.0.0.0/104'])('%s is a range', (text) => expect(isAddressRange(text)).toBe(true))
  it.each(['', 'localhost', '10.0.0', '10.0.0.1/33', '10.0.0.1/-1', '10.0.0.1/', '/8', '::/129', '10.0.0.1:80', '[::1]', 'fe80::1%eth0', ' 10.0.0.1', '::ffff:10.0.0.0/8', '10.0.0.1/8/8'])('%s is none', (text) => expect(isAddressRange(text)).toBe(false))
})
