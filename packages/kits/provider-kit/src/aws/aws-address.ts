/**
 * Whether an address is AWS's own, public or a VPC endpoint. Only AWS may resolve to a private
 * address unasked, and only AWS is sent what a token file holds: an address and a file together
 * would let whoever writes a deployment read files.
 */
export function isAwsAddress(address: string): boolean {
  const { protocol, hostname } = new URL(address)
  return protocol === 'https:' && /\.amazonaws\.com(?:\.cn)?$/.test(hostname)
}
