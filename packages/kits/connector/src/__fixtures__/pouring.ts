import type { ServerResponse } from 'node:http'

/** A listener that answers with `total` bytes, as fast as they are taken; and how many it has written so far. */
export function pouring(total: number) {
  const poured = {
    written: 0,
    answer(_: unknown, reply: ServerResponse): void {
      const piece = Buffer.alloc(100_000, 'x')
      const write = (): void => {
        while (poured.written < total) {
          poured.written += piece.length
          if (!reply.write(piece)) return void reply.once('drain', write)
        }
        reply.end()
      }
      write()
    },
  }
  return poured
}
