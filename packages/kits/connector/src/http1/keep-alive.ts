/** What a server is believed of how long it keeps a connection, and how much sooner we end it: a request must not meet its end. Milliseconds. */
const LONGEST = 600_000
const MARGIN = 2_000

/**
 * Milliseconds for which a connection may wait for a call: what is left of the time that the server names
 * (`timeout=5`, seconds; draft-thomson-hybi-http-timeout), or `otherwise`. Not above 0: it is not to be used again.
 */
export function keptFor(hint: string | readonly string[] | undefined, otherwise: number): number {
  if (hint === undefined) return otherwise
  const seconds = /timeout\s*=\s*(\d{1,9})/i.exec(String(hint))?.[1]
  return seconds === undefined ? otherwise : Math.min(Number(seconds) * 1000 - MARGIN, LONGEST)
}
