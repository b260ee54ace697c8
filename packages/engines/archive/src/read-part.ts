import { createGunzip } from 'node:zlib'
import { type Archive, GatewayError } from '@tianjillm/core'
import { sha256 } from './part.ts'
import type { ArchivePart, RowPlace } from './record.ts'

/** The object of a part, as it was written. Undefined when it is not there. @throws `upstream_malformed` when it is another */
export async function readPart({ name, sha256: wanted }: ArchivePart, store: Archive, signal: AbortSignal): Promise<Uint8Array | undefined> {
  const found = await store.get(name, signal)
  if (found && sha256(found) !== wanted) throw new GatewayError('upstream_malformed', `${store.location} gives back other bytes of ${name} than it was given.`)
  return found
}

/** The lines of a part, without holding all of them. */
export async function* linesOf(body: Uint8Array): AsyncGenerator<string> {
  const gunzip = createGunzip()
  gunzip.end(body)
  const decoder = new TextDecoder()
  let rest = ''
  for await (const chunk of gunzip as AsyncIterable<Buffer>) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
    rest = lines.pop()!
    yield* lines
  }
}

/** Where the row of a line stands. */
export function placeOf(line: string): RowPlace {
  const { request_id: id, started_at: at } = JSON.parse(line) as { readonly request_id: string; readonly started_at: string }
  return { id, startedAt: Date.parse(at) }
}
