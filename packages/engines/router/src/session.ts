/** A deployment as sessions are spread over them. */
export interface Bound {
  /** {@link textHash} of its id. */
  readonly hash: number
  readonly weight: number | undefined
}

/** 32 bits of a text (FNV-1a). */
export function textHash(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return hash >>> 0
}

/**
 * Whose a session is: weighted rendezvous hashing (Thaler and Ravishankar 1998). All replicas say the same without
 * talking, a restart changes nothing, and when a deployment leaves, only its own sessions move, and come back with it.
 * @returns an index into `open`
 */
export function ownerOf(open: readonly Bound[], session: string): number {
  const hash = textHash(session)
  const weighs = open.some(({ weight = 1 }) => weight > 0)
  let best = Number.NEGATIVE_INFINITY
  let at = 0
  for (let i = 0; i < open.length; i += 1) {
    const { hash: own, weight = 1 } = open[i]!
    const share = weighs ? weight : 1
    if (share <= 0) continue
    const score = -share / Math.log((mixed(hash ^ own) + 0.5) / 2 ** 32)
    if (score > best) {
      best = score
      at = i
    }
  }
  return at
}

/** MurmurHash3's finish: each bit depends on all. */
function mixed(bits: number): number {
  let hash = bits
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}
