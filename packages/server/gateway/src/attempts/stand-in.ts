import { asGatewayError } from '@tianjillm/core'
import type { RequestContext } from '../context.ts'
import type { Standby } from '../request/standbys.ts'
import type { Settings } from '../settings.ts'
import { guardInput } from '../stages/guard.ts'
import { readmit } from '../stages/limits.ts'

/**
 * Puts another model group in the place of the one that failed: who may call it, and what it may cost, are asked anew.
 * @returns why it cannot be asked; undefined: it can
 */
export async function standIn(ctx: RequestContext, settings: Settings, { model, body }: Standby): Promise<string | undefined> {
  const { router } = settings
  const team = ctx.principal?.team?.id
  const named = router.group(model, team)
  // LiteLLM's fallbacks may name one deployment by its id.
  const group = named ?? router.single(model, team)
  if (!group) return 'unknown_model'
  const name = named ? model : group.name
  // The operator's lists are the operator's word; what the caller names, it must be allowed to call.
  if (ctx.wishes.fallbacks && ctx.principal?.access?.refusal(name, group) !== undefined) return 'key_model_access_denied'
  try {
    // A stream that goes on has its text in the body; nothing else may take its place.
    if (!ctx.exchange.started) await replaceBody(ctx, settings, body)
    ctx.group = group
    ctx.standIn = name
    ctx.tried = undefined
    ctx.candidate = undefined
    // What stands in is not what the next caller asks for.
    ctx.cacheKey = undefined
    await readmit(ctx, settings)
    return undefined
  } catch (error) {
    return asGatewayError(error).code
  }
}

/** Fields that the caller has for this model only, and for no one after it. They are judged like the request itself. */
async function replaceBody(ctx: RequestContext, settings: Settings, fields: Standby['body']): Promise<void> {
  const { original } = ctx
  if (original) Object.assign(ctx, original)
  if (!fields) return
  ctx.original ??= { body: ctx.body, parsed: ctx.parsed, bytes: ctx.bytes, text: ctx.text }
  const body = { ...ctx.body, ...fields }
  ctx.route.codec.parse(body)
  ctx.rewrite(body)
  await guardInput(ctx, settings)
}
