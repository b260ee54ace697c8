import { BlockList, isIP } from 'node:net'

/** An address or a range of addresses: `10.0.0.7`, `10.0.0.0/8`, `2001:db8::/32`. Undefined for what is neither. */
interface Range {
  readonly network: string
  readonly bits: number
  readonly family: 'ipv4' | 'ipv6'
}

/** Whether a text is an address or a range of addresses (CIDR). */
export function isAddressRange(text: string): boolean {
  return readRange(text) !== undefined
}

/** Addresses and ranges as something that an address is looked up in. @throws Error for a text that {@link isAddressRange} refuses */
export function addressList(ranges: readonly string[]): BlockList {
  const list = new BlockList()
  for (const text of ranges) {
    const range = readRange(text)
    if (!range) throw new Error(`${JSON.stringify(text)} is no address and no range of addresses.`)
    list.addSubnet(range.network, range.bits, range.family)
  }
  return list
}

/** Whether some of these addresses and ranges hold an address; it may stand there as sockets have it. */
export function holdsAddress(ranges: readonly string[], address: string): boolean {
  const plain = plainAddress(address)
  return plain !== undefined && isIn(addressList(ranges), plain)
}

/** Whether an address is in a list. An IPv4 address is the same in IPv6's form (`::ffff:10.0.0.7`). */
export function isIn(list: BlockList, address: string): boolean {
  return list.check(address, isIP(address) === 4 ? 'ipv4' : 'ipv6')
}

/**
 * An address as headers and sockets have it (with a port, in brackets or quotes, with a zone, IPv4 in IPv6's form), by
 * itself. Undefined for what is none.
 */
export function plainAddress(text: string): string | undefined {
  const bare = text.trim().replaceAll('"', '')
  const bracketed = /^\[([^\]]+)\](?::\d+)?$/.exec(bare)?.[1]
  const address = (bracketed ?? (/^[\d.]+:\d+$/.test(bare) ? bare.slice(0, bare.indexOf(':')) : bare)).replace(/%.*$/, '')
  const mapped = /^::ffff:([\d.]+)$/i.exec(address)?.[1]
  const plain = mapped ?? address
  return isIP(plain) === 0 ? undefined : plain
}

function readRange(text: string): Range | undefined {
  const [, address = '', bits] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(text) ?? []
  const network = plainAddress(address)
  // What a header may have around an address is no part of a range.
  if (network === undefined || /["[\]%\s]/.test(text) || (isIP(address) === 0)) return undefined
  const family = isIP(network) === 4 ? 'ipv4' : 'ipv6'
  const most = family === 'ipv4' ? 32 : 128
  // A range of IPv4 addresses in IPv6's form.
  const before = isIP(address) === 6 && family === 'ipv4' ? 96 : 0
  const wanted = bits === undefined ? most : Number(bits) - before
  return wanted >= 0 && wanted <= most ? { network, bits: wanted, family } : undefined
}
