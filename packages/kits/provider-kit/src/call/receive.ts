import { asGatewayError, GatewayError, type Http, type HttpControl, type HttpReply, type HttpRequest } from '@tianjillm/core'

/**
 * Sends a request. `onData` sees the pieces of a good answer as they come; whatever it does not
 * see is in the reply's body. An abort rejects with `client_closed` and ends the call.
 */
export function receive(http: Http, request: HttpRequest, signal?: AbortSignal, onData?: (chunk: Buffer) => void): Promise<HttpReply> {
  return new Promise((resolve, reject) => {
    const pieces: Buffer[] = []
    let status = 0
    let headers: HttpReply['headers'] = {}
    let control: HttpControl | undefined
    const leave = (): void => {
      control?.abort()
      end(() => reject(new GatewayError('client_closed', 'The client closed the connection before the answer was complete.')))
    }
    const end = (settle: () => void): void => {
      signal?.removeEventListener('abort', leave)
      settle()
    }
    if (signal?.aborted === true) return leave()
    signal?.addEventListener('abort', leave, { once: true })
    control = http.open(request, {
      onHead(code, received) {
        status = code
        headers = received
      },
      onData(chunk) {
        if (onData === undefined || status >= 300) {
          pieces.push(chunk)
          return
        }
        try {
          onData(chunk)
        } catch (error) {
          control?.abort()
          end(() => reject(asGatewayError(error)))
        }
      },
      onEnd: () => end(() => resolve({ status, headers, body: Buffer.concat(pieces) })),
      onError: (error) => end(() => reject(error)),
    })
  })
}
