import { BlockList, isIP } from 'node:net'

/**
 * What an address is to a caller we do not trust: `public` (may be reached), `private` (only
 * when the operator allows private upstreams) or `forbidden` (never: cloud metadata,
 * link-local, multicast, reserved, malformed).
 */
export type AddressKind = 'public' | 'private' | 'forbidden'

function list(family: 'ipv4' | 'ipv6', ranges: readonly string[]): BlockList {
  const built = new BlockList()
  for (const range of ranges) {
    const slash = range.indexOf('/')
    built.addSubnet(range.slice(0, slash), Number(range.slice(slash + 1)), family)
  }
  return built
}

// https://www.iana.org/assignments/iana-ipv4-special-registry
const private4 = list('ipv4', ['10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'])
const forbidden4 = list('ipv4', [
  '0.0.0.0/8', '169.254.0.0/16', '192.0.0.0/24', '192.0.2.0/24', '192.31.196.0/24', '192.52.193.0/24', '192.88.99.0/24',
  '192.175.48.0/24', '198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/4', '240.0.0.0/4',
  // Metadata services outside link-local: Azure's wire server, Alibaba Cloud.
  '168.63.129.16/32', '100.100.100.200/32',
])

// https://www.iana.org/assignments/iana-ipv6-special-registry. Only 2000::/3 is given out for
// global unicast (RFC 4291), so everything outside it is refused without being listed.
const global6 = list('ipv6', ['2000::/3'])
const private6 = list('ipv6', ['::1/128', 'fc00::/7'])
const forbidden6 = list('ipv6', [
  // IETF protocol assignments (Teredo, ORCHID, benchmarking), documentation, 6to4, AS112.
  '2001::/23', '2001:db8::/32', '2002::/16', '2620:4f:8000::/48', '3fff::/20',
  // Metadata services of AWS and Google Cloud inside the unique local range.
  'fd00:ec2::254/128', 'fd20:ce::254/128',
])

/** The kind of a literal IPv4 or IPv6 address (no brackets). Anything else is `forbidden`. */
export function addressKind(address: string): AddressKind {
  const family = isIP(address)
  if (family === 4) return kind4(address)
  // A zone (`fe80::1%eth0`) only makes sense on a local link.
  if (family !== 6 || address.includes('%')) return 'forbidden'
  const inner = embedded4(groups(address))
  if (inner !== undefined) return kind4(inner)
  if (forbidden6.check(address, 'ipv6')) return 'forbidden'
  if (private6.check(address, 'ipv6')) return 'private'
  return global6.check(address, 'ipv6') ? 'public' : 'forbidden'
}

function kind4(address: string): AddressKind {
  if (forbidden4.check(address)) return 'forbidden'
  return private4.check(address) ? 'private' : 'public'
}

/**
 * The IPv4 address that packets to this IPv6 address end up at: IPv4-mapped (RFC 4291, 2.5.5.2),
 * IPv4-translated (RFC 2765) and NAT64 with the well-known prefix (RFC 6052). 6to4, Teredo and
 * IPv4-compatible addresses are out of use and refused as a whole.
 */
function embedded4(group: readonly number[]): string | undefined {
  const [a, b, c, d, e, f, high = 0, low = 0] = group
  const mapped = a === 0 && b === 0 && c === 0 && d === 0 && ((e === 0 && f === 0xffff) || (e === 0xffff && f === 0))
  const nat64 = a === 0x64 && b === 0xff9b && c === 0 && d === 0 && e === 0 && f === 0
  return mapped || nat64 ? `${high >> 8}.${high & 255}.${low >> 8}.${low & 255}` : undefined
}

/** The eight 16-bit groups of a valid IPv6 address. */
function groups(address: string): number[] {
  const [head = '', tail] = address.split('::')
  const left = parse(head)
  if (tail === undefined) return left
  const right = parse(tail)
  return [...left, ...Array<number>(8 - left.length - right.length).fill(0), ...right]
}

function parse(part: string): number[] {
  if (part === '') return []
  return part.split(':').flatMap((piece) => {
    if (!piece.includes('.')) return [Number.parseInt(piece, 16)]
    const [a = 0, b = 0, c = 0, d = 0] = piece.split('.').map(Number)
    return [(a << 8) | b, (c << 8) | d]
  })
}
