import { errorOf, NOT_A_GATEWAY } from './answer.ts'
import { TianjiError } from './error.ts'

export interface TransportOptions {
  /** Milliseconds for one attempt, until the last byte of its answer. */
  readonly timeoutMs: number
  /** Further attempts of a request that changes nothing. */
  readonly retries: number
  readonly fetch: (request: Request) => Promise<Response>
  /** Waits; rejects with the signal's reason. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>
}

/** Methods that change nothing, so that sending them twice does no harm. */
const safeMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS'])
const passing: ReadonlySet<number> = new Set([429, 502, 503, 504])
const FIRST_PAUSE_MS = 200
/** The longest that is waited for a gateway that says when to come back; above it the error is told at once. */
const LONGEST_PAUSE_MS = 10_000

/** Sends a request and answers with what came when it went well. @throws TianjiError, or the reason of the caller's signal */
export function transport(options: TransportOptions): (request: Request) => Promise<Response> {
  return async (request) => {
    const attempts = safeMethods.has(request.method) ? options.retries + 1 : 1
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await once(request, options)
      } catch (error) {
        const pause = attempt < attempts && error instanceof TianjiError ? pauseAfter(error, attempt) : undefined
        if (pause === undefined) throw error
        await options.wait(pause, request.signal)
      }
    }
  }
}

function pauseAfter({ status, retryAfterMs }: TianjiError, attempt: number): number | undefined {
  if (status !== undefined && !passing.has(status)) return undefined
  const pause = retryAfterMs ?? FIRST_PAUSE_MS * 2 ** (attempt - 1)
  return pause > LONGEST_PAUSE_MS ? undefined : pause
}

async function once(request: Request, { timeoutMs, fetch }: TransportOptions): Promise<Response> {
  const late = AbortSignal.timeout(timeoutMs)
  const { origin, pathname } = new URL(request.url)
  const asked = `${request.method} ${pathname}`
  try {
    const response = await fetch(new Request(request.clone(), { signal: AbortSignal.any([request.signal, late]), redirect: 'manual' }))
    if (!response.ok) throw await errorOf(response, asked)
    const type = response.headers.get('content-type') ?? 'application/json'
    if (type.startsWith('text/html')) throw new TianjiError(`${asked} was answered with a page, and not by a gateway.`, { status: response.status, type: 'unknown_answer', hint: NOT_A_GATEWAY })
    // Read here, so that the time-out and the retries cover the body too.
    return new Response(await response.text(), { status: 200, headers: { 'content-type': type } })
  } catch (error) {
    if (error instanceof TianjiError || request.signal.aborted) throw error
    if (late.aborted) throw new TianjiError(`${asked} was not answered within ${timeoutMs / 1000} s.`, { type: 'timeout', hint: `See whether the gateway at ${origin} is overloaded, or raise the time-out.`, cause: error })
    throw new TianjiError(`Cannot reach the gateway at ${origin}${reasonOf(error)}.`, { type: 'connection_error', hint: 'See whether it runs there and listens on that port.', cause: error })
  }
}

/** Node puts the reason (`ECONNREFUSED`, ...) into the cause; browsers keep it to themselves. */
function reasonOf(error: unknown): string {
  const code = ((error as Error).cause as { readonly code?: unknown } | undefined)?.code
  return typeof code === 'string' ? ` (${code})` : ''
}
