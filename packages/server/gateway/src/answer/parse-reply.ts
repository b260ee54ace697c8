import { GatewayError, type HttpReply } from '@tianjillm/core'
import type { RequestContext } from '../context.ts'

/** The JSON of an upstream's whole answer. @throws `upstream_malformed` */
export function parseReply({ body, headers, status }: HttpReply, ctx: RequestContext): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch (cause) {
    const provider = ctx.candidate!.deployment.providerName
    const { 'content-encoding': encoding, 'content-type': type } = headers
    const told = encoding === undefined ? `content type ${typeof type === 'string' ? type : 'unknown'}` : `content encoding ${String(encoding)}, which was not asked for`
    throw new GatewayError('upstream_malformed', `${provider} answered with status ${status} and something that is not JSON (${told.slice(0, 200)}).`, { provider, cause })
  }
}
