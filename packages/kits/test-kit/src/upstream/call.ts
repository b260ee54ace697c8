import type { IncomingMessage, ServerResponse } from 'node:http'

/** A request that the fake upstream received. */
export interface UpstreamCall {
  readonly method: string
  /** Path and query, as sent. */
  readonly path: string
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: Buffer
  /** The body as text. */
  readonly text: string
  /** The body as JSON; throws when it is none. */
  readonly json: unknown
  /** Resolves when the client leaves before the answer is complete; never when it is complete. */
  readonly aborted: Promise<void>
}

/** Reads a whole request. */
export async function readCall(request: IncomingMessage, response: ServerResponse): Promise<UpstreamCall> {
  const aborted = new Promise<void>((resolve) => {
    response.once('close', () => { if (!response.writableFinished) resolve() })
  })
  const pieces: Buffer[] = []
  for await (const piece of request) pieces.push(piece as Buffer)
  const body = Buffer.concat(pieces)
  return {
    method: request.method ?? '',
    path: request.url ?? '',
    headers: request.headers,
    body,
    get text() { return body.toString('utf8') },
    get json(): unknown { return JSON.parse(body.toString('utf8')) },
    aborted,
  }
}
