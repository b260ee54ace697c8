import type { Call, Clock, UpstreamRequest } from '@tianjillm/core'
import { signAwsRequest } from '@tianjillm/provider-kit'
import type { AwsCredentials, CredentialSource } from '@tianjillm/provider-kit/aws'

/** Derived keys that are kept: one a day, region and secret. */
const MOST_KEYS = 64

/**
 * Signs requests for Bedrock (SigV4, service `bedrock`) in the region of their model.
 *
 * @param onNew told of credentials when they are first used
 */
export function createAuthorize(source: CredentialSource, clock: Clock, regionOf: (model: string) => string, onNew: (credentials: AwsCredentials) => void): (request: UpstreamRequest, call: Call) => Promise<UpstreamRequest> {
  const keys = new Map<string, ArrayBuffer>()
  let last: AwsCredentials | undefined
  return async (request, call) => {
    const credentials = await source.get()
    if (credentials !== last) onNew(last = credentials)
    if (keys.size >= MOST_KEYS) keys.clear()
    return signAwsRequest(request, { ...credentials, region: regionOf(call.model), service: 'bedrock', now: clock.now(), keys })
  }
}
