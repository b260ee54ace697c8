import { assert, integer, property } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type AddressKind, addressKind } from './index.ts'

// First, inner and last address of each range, and the neighbours outside.
const ipv4: Record<AddressKind, string[]> = {
  private: [
    '10.0.0.0', '10.0.0.1', '10.255.255.255', '100.64.0.0', '100.64.0.1', '100.127.255.255', '127.0.0.0', '127.0.0.1', '127.1.2.3', '127.255.255.255',
    '172.16.0.0', '172.16.0.1', '172.31.255.255', '192.168.0.0', '192.168.1.1', '192.168.255.255',
  ],
  forbidden: [
    '0.0.0.0', '0.0.0.1', '0.255.255.255', '169.254.0.0', '169.254.169.254', '169.254.170.2', '169.254.255.255', '192.0.0.0', '192.0.0.192', '192.0.0.255',
    '192.0.2.0', '192.0.2.255', '192.31.196.1', '192.52.193.1', '192.88.99.1', '192.175.48.1', '198.18.0.0', '198.19.255.255', '198.51.100.0',
    '198.51.100.255', '203.0.113.0', '203.0.113.255', '224.0.0.0', '224.0.0.251', '239.255.255.255', '240.0.0.0', '254.1.1.1', '255.255.255.254',
    '255.255.255.255', '168.63.129.16', '100.100.100.200',
  ],
  public: [
    '1.0.0.0', '1.1.1.1', '8.8.8.8', '9.255.255.255', '11.0.0.0', '100.63.255.255', '100.128.0.0', '126.255.255.255', '128.0.0.0', '168.63.129.15',
    '168.63.129.17', '169.253.255.255', '169.255.0.0', '172.15.255.255', '172.32.0.0', '191.255.255.255', '192.0.1.0', '192.0.3.0', '192.167.255.255',
    '192.169.0.0', '198.17.255.255', '198.20.0.0', '198.51.99.255', '198.51.101.0', '203.0.112.255', '203.0.114.0', '223.255.255.255',
  ],
}

const ipv6: Record<AddressKind, string[]> = {
  private: ['::1', '0:0:0:0:0:0:0:1', '0000:0000:0000:0000:0000:0000:0000:0001', 'fc00::', 'fc00::1', 'fd00::1', 'fd12:3456:789a::1', 'fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
  forbidden: [
    '::', '0:0:0:0:0:0:0:0', '::2', '::ffff', '100::', '100::1', '100:0:0:1::', '200::1', '1fff::1', '2001::', '2001::1', '2001:0:4136:e378:8000:63bf:3fff:fdd2', '2001:1::1',
    '2001:2::1', '2001:10::1', '2001:20::1', '2001:1ff::1', '2001:db8::', '2001:db8::1', '2001:db8:ffff:ffff:ffff:ffff:ffff:ffff', '2002::', '2002:7f00:1::', '2002:a9fe:a9fe::1',
    '2002:808:808::1', '2620:4f:8000::1', '3fff::1', '3fff:fff::1', '4000::1', '5f00::1', '64:ff9b:1::1', '64:ff9b:1::a9fe:a9fe', '64:ff9b::1:0:0', 'fe00::1', 'fe80::', 'fe80::1', 'febf::1', 'fec0::1',
    'ff00::', 'ff02::1', 'ff02::fb', 'ff0e::1', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', 'fd00:ec2::254', 'FD00:EC2::254', 'fd20:ce::254', 'fe80::1%eth0', '::1%lo', '2606:4700::1111%1',
    '::1.2.3.4', '::8.8.8.8', '::127.0.0.1',
  ],
  public: [
    '2000::', '2000::1', '2001:200::1', '2001:4860:4860::8888', '2001:db7:ffff::1', '2001:db9::1', '2003::1', '2606:4700:4700::1111', '2620:4f:7fff::1', '2620:4f:8001::1',
    '2a00:1450:4001:81b::200e', '2A00:1450:4001:81B::200E', '3ffe:ffff::1', '3fff:1000::1',
  ],
}

/** Every way in which an IPv6 address carries this IPv4 address to the same place. */
function carriers(address: string): string[] {
  const [a = 0, b = 0, c = 0, d = 0] = address.split('.').map(Number)
  const high = ((a << 8) | b).toString(16)
  const low = ((c << 8) | d).toString(16)
  return ['::ffff:', '::FFFF:', '0:0:0:0:0:ffff:', '0000:0000:0000:0000:0000:ffff:', '::ffff:0:', '64:ff9b::', '64:ff9b:0:0:0:0:', '0064:ff9b::']
    .flatMap((prefix) => [`${prefix}${address}`, `${prefix}${high}:${low}`])
}

const cases = (table: Record<AddressKind, string[]>): [string, AddressKind][] =>
  Object.entries(table).flatMap(([kind, addresses]) => addresses.map((address): [string, AddressKind] => [address, kind as AddressKind]))

describe('kind of an address', () => {
  it.each(cases(ipv4))('%s is %s', (address, kind) => {
    expect(addressKind(address)).toBe(kind)
  })

  it.each(cases(ipv6))('%s is %s', (address, kind) => {
    expect(addressKind(address)).toBe(kind)
  })

  it.each(cases(ipv4))('%s is %s inside IPv6 too', (address, kind) => {
    for (const carrier of carriers(address)) expect([carrier, addressKind(carrier)]).toEqual([carrier, kind])
  })

  it.each(['', 'localhost', '127.1', '0x7f.0.0.1', '017700000001', '2130706433', '127.0.0.1.', ' 127.0.0.1', '127.0.0.1 ', '[::1]', '1.2.3.4/8', '1.2.3.256', '::g', '１.1.1.1'])('%j is no address and forbidden', (text) => {
    expect(addressKind(text)).toBe('forbidden')
  })

  it('treats no 6to4, Teredo or IPv4-compatible address as public', () => {
    const half = integer({ min: 0, max: 0xffff }).map((n) => n.toString(16))
    const run = (): void => assert(property(half, half, half, half, (a, b, c, d) =>
      [`2002:${a}:${b}::${c}`, `2001:0:${a}:${b}:0:0:${c}:${d}`, `::${c}:${d}`].every((address) => addressKind(address) !== 'public')))
    expect(run).not.toThrow()
  })
})
