import assert from 'node:assert/strict'
import { MASK } from '@tianjillm/core'
import type { Recording } from '../recording/types.ts'
import type { UpstreamCall } from '../upstream/call.ts'
import type { ProviderCase } from './checks.ts'
import type { ProviderStage } from './stage.ts'

/** Fails unless the last request is the recorded one; secrets are compared as `[secret]`. */
export function assertRequest({ secrets }: ProviderCase, { request }: Recording, { upstream, out }: ProviderStage): void {
  const sent = upstream.requests.at(-1)
  const url = out.urls.at(-1)
  assert.ok(sent !== undefined && url !== undefined, 'Nothing was sent.')
  const mask = (text: string): string => secrets.reduce((rest, secret) => rest.replaceAll(secret, MASK), text)
  assert.equal(sent.method, request.method, 'The method differs.')
  // A config that names the fake upstream has another origin than the recording; the path must agree.
  const local = url.startsWith(upstream.url)
  assert.equal(mask(local ? sent.path : url), local ? pathOf(request.url) : request.url, 'The URL differs.')
  for (const [name, value] of Object.entries(request.headers ?? {})) {
    const found: string | string[] | undefined = sent.headers[name.toLowerCase()]
    assert.equal(found === undefined ? undefined : mask(String(found)), value, `The header \`${name}\` differs.`)
  }
  if (request.body === undefined || request.body === null) return
  const body = mask(sent.text)
  if (typeof request.body === 'string') assert.equal(body, request.body, 'The body differs.')
  else assert.deepEqual(jsonOf(body, sent), request.body, 'The body differs.')
}

function pathOf(url: string): string {
  const { pathname, search } = new URL(url)
  return pathname + search
}

function jsonOf(text: string, sent: UpstreamCall): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return assert.fail(`The body of ${sent.method} ${sent.path} is not JSON.`)
  }
}
