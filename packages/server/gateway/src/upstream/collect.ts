import { GatewayError, type Http, type HttpHeaders, type HttpReply, type HttpRequest } from '@tianjillm/core'
import type { Exchange } from '../exchange/exchange.ts'
import { ErrorReply } from './error-reply.ts'

/**
 * Sends a request and hands the whole answer to `onReply`, of an error what came of it. When the client leaves, the
 * upstream call ends at once. Settles as `onReply` does.
 *
 * @throws `client_closed`, `upstream_malformed` (too large), and the connector's errors
 */
export function collect(http: Http, request: HttpRequest, exchange: Exchange, maxBytes: number, onHead: () => void, onReply: (reply: HttpReply) => Promise<void> | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    if (exchange.gone) {
      reject(clientGone())
      return
    }
    const chunks: Buffer[] = []
    let size = 0
    let status = 0
    let headers: HttpHeaders = {}
    let errorReply: ErrorReply | undefined
    const finish = (reply: HttpReply): void => {
      exchange.onGone(undefined)
      let answered: Promise<void> | undefined
      try {
        answered = onReply(reply)
      } catch (error) {
        reject(error)
        return
      }
      resolve(answered)
    }
    const control = http.open(request, {
      onHead(code, received, answering) {
        status = code
        headers = received
        if (code >= 300) errorReply = new ErrorReply(code, received, answering, finish)
        onHead()
      },
      onData(chunk) {
        if (errorReply) {
          errorReply.add(chunk)
          return
        }
        size += chunk.length
        if (size <= maxBytes) {
          chunks.push(chunk)
          return
        }
        control.abort()
        exchange.onGone(undefined)
        reject(new GatewayError('upstream_malformed', `The provider's answer is larger than the limit of ${maxBytes} bytes (general_settings.max_response_size_mb).`))
      },
      onEnd() {
        if (errorReply) errorReply.end()
        else finish({ status, headers, body: chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks, size) })
      },
      onError(error) {
        if (errorReply) {
          errorReply.end()
          return
        }
        exchange.onGone(undefined)
        reject(error)
      },
    })
    exchange.onGone(() => {
      control.abort()
      reject(clientGone())
    })
  })
}

export function clientGone(): GatewayError {
  return new GatewayError('client_closed', 'The client closed the connection before the answer was complete.')
}
