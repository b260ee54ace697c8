/** An answer as it is kept. */
export interface Entry {
  /** The answer as it was sent, a stream's put together. */
  readonly body: Buffer
  /** Milliseconds since the epoch. */
  readonly storedAt: number
  /** From when on nobody is given it, whatever the store says. */
  readonly endsAt: number
  /** What the answer cost its first asker, in nano-USD; absent: unknown. */
  readonly costNanoUsd?: number
}

interface Head {
  readonly v: 1
  readonly at: number
  readonly ends: number
  readonly cost?: number
}

const NEWLINE = 0x0a
/** Longest head that is looked for. */
const LONGEST_HEAD = 256

/** A line of JSON about the answer, then the answer. */
export function encodeEntry({ body, storedAt, endsAt, costNanoUsd }: Entry): Buffer {
  const head: Head = { v: 1, at: storedAt, ends: endsAt, ...(costNanoUsd !== undefined && { cost: costNanoUsd }) }
  return Buffer.concat([Buffer.from(`${JSON.stringify(head)}\n`), body])
}

/** What {@link encodeEntry} wrote; undefined for anything else: a store may hold what another program put there. */
export function decodeEntry(bytes: Uint8Array): Entry | undefined {
  const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = whole.indexOf(NEWLINE)
  if (end < 0 || end > LONGEST_HEAD) return undefined
  try {
    const head = JSON.parse(whole.toString('latin1', 0, end)) as Partial<Head>
    if (head.v !== 1 || typeof head.at !== 'number' || typeof head.ends !== 'number') return undefined
    return { body: whole.subarray(end + 1), storedAt: head.at, endsAt: head.ends, ...(typeof head.cost === 'number' && { costNanoUsd: head.cost }) }
  } catch {
    return undefined
  }
}
