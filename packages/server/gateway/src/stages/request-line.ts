import { inputTokens, outputTokens } from '@tianjillm/core'
import { toUsd } from '@tianjillm/spend'
import type { AnyContext } from '../context.ts'
import type { Deployment } from '../deployment.ts'
import { costOfCall } from './price.ts'

/**
 * What the log tells of a request: names, times, counts, and nothing of what was said. As the inside of a JSON object,
 * written out here because it is written for each call: an object that is serialised afterwards takes three times as long.
 */
export function requestLine(ctx: AnyContext, endedAt: number): string {
  const { principal, candidate, wholeUsage: usage, firstByteAt, upstreamHeadAt, error } = ctx
  const cost = costOfCall(ctx)
  let line = `"id":${quoted(ctx.id)}`
  if (principal?.facts.keyAlias !== undefined) line += `,"key":${quoted(principal.facts.keyAlias)}`
  line += `,"route":"${ctx.route.operation}","model":${quoted(ctx.model)}${candidate ? namesOf(candidate.deployment) : ''},"stream":${ctx.stream},"status":${ctx.status},"ms":${endedAt - ctx.startedAt}`
  if (firstByteAt !== undefined) line += `,"first_byte_ms":${firstByteAt - ctx.startedAt}`
  if (upstreamHeadAt > 0) line += `,"upstream_ms":${upstreamHeadAt - ctx.upstreamStartedAt}`
  if (usage) line += `,"tokens_in":${inputTokens(usage)},"tokens_out":${outputTokens(usage)}`
  if (cost !== undefined) line += `,"cost":${toUsd(cost)}`
  if (ctx.cacheOutcome !== undefined) line += `,"cache":"${ctx.cacheOutcome}"`
  if (ctx.attempts > 1) line += `,"attempts":${ctx.attempts}`
  if (ctx.standIn !== undefined) line += `,"stand_in":${quoted(ctx.standIn)}`
  if (error) line += `,"error":"${error.code}"${error.code === 'internal' ? '' : `,"message":${quoted(error.message)}`}`
  return line
}

/** A deployment's names do not change. */
const names = new WeakMap<Deployment, string>()

function namesOf(deployment: Deployment): string {
  let text = names.get(deployment)
  if (text === undefined) {
    text = `,"deployment":${JSON.stringify(deployment.id)},"provider":${JSON.stringify(deployment.providerName)}`
    names.set(deployment, text)
  }
  return text
}

function quoted(text: string): string {
  return escaped.test(text) ? JSON.stringify(text) : `"${text}"`
}

/** What JSON writes otherwise than it is. */
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const escaped = /["\\\u0000-\u001f\ud800-\udfff]/
