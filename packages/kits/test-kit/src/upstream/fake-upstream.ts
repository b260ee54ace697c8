import { createServer } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { type Answer, answer, isHang } from './answers.ts'
import { readCall, type UpstreamCall } from './call.ts'

/** Which requests an answer is for: a path without query, a pattern on path and query, or any test. */
export type Matcher = string | RegExp | ((call: UpstreamCall) => boolean)

/** A real HTTP server on a loopback port that answers as told and remembers what it was sent. */
export interface FakeUpstream extends AsyncDisposable {
  /** `http://127.0.0.1:<port>`, without a slash at the end. */
  readonly url: string
  /** Requests so far, in the order in which their bodies were complete. */
  readonly requests: readonly UpstreamCall[]
  /** Connections that are open now. */
  readonly connections: number
  /** Requests that wait for good: answered with `answer.hang()`, and still open. */
  readonly hanging: number
  /** Answers matching requests in turn; the last answer serves all further ones. Later rules win over earlier. */
  on(match: Matcher, ...answers: readonly [Answer, ...Answer[]]): FakeUpstream
  /** Answers the next requests that no rule matches, once each. */
  next(...answers: readonly Answer[]): FakeUpstream
  /** Answers everything else. Default: 404, saying what was asked. */
  otherwise(otherwise: Answer): FakeUpstream
  /** Forgets rules, queued answers and requests. */
  reset(): FakeUpstream
  /** The request of this index, once it has arrived. */
  request(index: number): Promise<UpstreamCall>
  /** Resolves when no connection is open. */
  idle(): Promise<void>
  close(): Promise<void>
}

const notFound: Answer = (response, call) =>
  answer.error(404, { error: { message: `The fake upstream has no answer for ${call.method} ${call.path}.`, type: 'not_found_error', param: null, code: null } })(response, call)

/** Starts a fake upstream. `await using upstream = await createFakeUpstream()` closes it at the end of the block. */
export async function createFakeUpstream(): Promise<FakeUpstream> {
  let rules: { match: Matcher; answers: Answer[] }[] = []
  let queue: Answer[] = []
  let fallback = notFound
  let requests: UpstreamCall[] = []
  let hanging = 0
  const sockets = new Set<Socket>()
  const watchers = new Set<() => void>()
  const changed = (): void => { for (const watcher of watchers) watcher() }

  function choose(call: UpstreamCall): Answer {
    const rule = rules.findLast(({ match }) => matches(match, call))
    if (rule !== undefined) return rule.answers.length > 1 ? rule.answers.shift()! : rule.answers[0]!
    return queue.shift() ?? fallback
  }

  const server = createServer((request, response) => {
    // A client that leaves is what many tests are about, not a failure of the server.
    response.on('error', () => response.destroy())
    readCall(request, response).then((call) => {
      requests.push(call)
      changed()
      const chosen = choose(call)
      if (isHang(chosen)) {
        hanging += 1
        response.once('close', () => { hanging -= 1 })
      }
      return chosen(response, call)
    }).catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined))
  })
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('error', () => socket.destroy())
    socket.once('close', () => {
      sockets.delete(socket)
      changed()
    })
  })
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve))

  function until<T>(find: () => T | undefined): Promise<T> {
    return new Promise((resolve) => {
      const look = (): void => {
        const found = find()
        if (found === undefined) return
        watchers.delete(look)
        resolve(found)
      }
      watchers.add(look)
      look()
    })
  }

  async function close(): Promise<void> {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()))
    for (const socket of sockets) socket.destroy()
    await closed
  }

  const upstream: FakeUpstream = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get requests() { return requests },
    get connections() { return sockets.size },
    get hanging() { return hanging },
    on(match, ...answers) {
      rules.push({ match, answers: [...answers] })
      return upstream
    },
    next(...answers) {
      queue.push(...answers)
      return upstream
    },
    otherwise(otherwise) {
      fallback = otherwise
      return upstream
    },
    reset() {
      rules = []
      queue = []
      requests = []
      fallback = notFound
      return upstream
    },
    request: (index) => until(() => requests[index]),
    async idle() {
      await until(() => (sockets.size === 0 ? true : undefined))
    },
    close,
    [Symbol.asyncDispose]: close,
  }
  return upstream
}

function matches(match: Matcher, call: UpstreamCall): boolean {
  if (typeof match === 'function') return match(call)
  return typeof match === 'string' ? call.path.split('?', 1)[0] === match : match.test(call.path)
}
