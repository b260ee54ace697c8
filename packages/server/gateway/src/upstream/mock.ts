import { type ChatResponse, type CompletionResponse, GatewayError, usage, usageToOpenAI } from '@tianjillm/core'
import type { RequestContext } from '../context.ts'

/** An answer that says `text`, in the form of the operation. @throws `unsupported_operation` */
export function mockOutput(ctx: RequestContext, text: string): ChatResponse | CompletionResponse {
  const common = { id: `mock-${ctx.id}`, created: Math.floor(ctx.startedAt / 1000), model: ctx.shownModel, usage: usageToOpenAI(usage({})) }
  if (ctx.route.operation === 'chat') return { ...common, object: 'chat.completion', choices: [{ index: 0, message: { role: 'assistant', content: text }, finish_reason: 'stop' }] }
  if (ctx.route.operation === 'completions') return { ...common, object: 'text_completion', choices: [{ index: 0, text, finish_reason: 'stop' }] }
  throw new GatewayError('unsupported_operation', `The model ${JSON.stringify(ctx.model)} is a mock; it offers chat and completions.`, { param: 'model' })
}
