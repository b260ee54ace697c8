import { GatewayError, type Http, type HttpHeaders, type HttpReply, type HttpRequest } from '@tianjillm/core'
import type { Exchange } from '../exchange/exchange.ts'

/**
 * Sends a request and hands the whole answer to `onReply`. When the client leaves, the upstream call ends at
 * once. Settles as `onReply` does.
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
    const control = http.open(request, {
      onHead(code, received) {
        status = code
        headers = received
        onHead()
      },
      onData(chunk) {
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
        exchange.onGone(undefined)
        try {
          resolve(onReply({ status, headers, body: chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks, size) }))
        } catch (error) {
          reject(error)
        }
      },
      onError(error) {
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
