import type { Http, HttpControl, HttpHandler, HttpReply, HttpRequest, SendOptions } from '@tianjillm/core'

/** An `Http` that brings every call to the fake upstream, and remembers where it was meant to go. */
export interface Rerouted {
  readonly http: Http
  /** The URLs as the plugin asked for them. */
  readonly urls: readonly string[]
  /** Credentials that were about to go to a host that they are not bound to. */
  readonly misdirected: readonly string[]
  /** Calls that are under way as the plugin sees them: asked for, and neither answered nor given up. */
  readonly underWay: number
}

/**
 * Lets a plugin be tested with its real addresses: calls to any host reach `origin` (the fake
 * upstream's URL), with path and query kept. A credential follows only if it was bound to the
 * host that the plugin named.
 */
export function reroute(http: Http, origin: string): Rerouted {
  const urls: string[] = []
  const misdirected: string[] = []
  const host = new URL(origin).host
  function turn(request: HttpRequest): HttpRequest {
    const target = new URL(request.url)
    urls.push(request.url)
    const { credential, ...rest } = request
    const bound = credential?.hosts.includes(target.host) === true
    if (credential !== undefined && !bound) misdirected.push(request.url)
    // Cut, not rebuilt: the path must arrive exactly as the plugin wrote it.
    const slash = request.url.indexOf('/', request.url.indexOf('//') + 2)
    const url = origin + (slash === -1 ? '/' : request.url.slice(slash))
    return { ...rest, url, trust: 'operator', ...(credential !== undefined && bound && { credential: { ...credential, hosts: [host] } }) }
  }
  const calls = new Set<object>()
  function open(request: HttpRequest, handler: HttpHandler): HttpControl {
    const call = {}
    const over = (): void => void calls.delete(call)
    const turned = turn(request)
    calls.add(call)
    const watched = (control: HttpControl): HttpControl => ({
      pause: () => control.pause(),
      resume: () => control.resume(),
      abort() {
        over()
        control.abort()
      },
    })
    return watched(http.open(turned, {
      onHead: (status, headers, control) => handler.onHead(status, headers, watched(control)),
      onData: (chunk) => handler.onData(chunk),
      onEnd() {
        over()
        handler.onEnd()
      },
      onError(error) {
        over()
        handler.onError(error)
      },
    }))
  }
  async function send(request: HttpRequest, options?: SendOptions): Promise<HttpReply> {
    const call = {}
    const turned = turn(request)
    calls.add(call)
    return http.send(turned, options).finally(() => calls.delete(call))
  }
  return { urls, misdirected, get underWay() { return calls.size }, http: { open, send } }
}
