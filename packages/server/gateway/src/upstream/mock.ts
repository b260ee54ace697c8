import { type Call, type ChatChunk, type ChatResponse, type CompletionResponse, GatewayError, type ResponsesRequest, type ResponsesResponse, usage, usageToOpenAI } from '@tianjillm/core'
import { responseEvents, responseOf } from '@tianjillm/provider-kit'
import type { RequestContext } from '../context.ts'
import { showEvents, showOutput } from '../responses/show.ts'
import { wholeAsChunks } from '../stream/whole-as-chunks.ts'

/** An answer that says `text`, in the form of the operation. @throws `unsupported_operation` */
export function mockOutput(ctx: RequestContext, text: string): ChatResponse | CompletionResponse | ResponsesResponse {
  if (ctx.route.operation === 'responses') return showOutput(ctx, mockCall(ctx), responseOf(mockChat(ctx, text), ctx.body as unknown as ResponsesRequest, mockCall(ctx)))
  if (ctx.route.operation === 'chat') return mockChat(ctx, text)
  if (ctx.route.operation === 'completions') return { ...commonOf(ctx), object: 'text_completion', choices: [{ index: 0, text, finish_reason: 'stop' }] }
  throw new GatewayError('unsupported_operation', `The model ${JSON.stringify(ctx.model)} is a mock; it offers chat, completions and responses.`, { param: 'model' })
}

/** The same as a stream has it, after guardrails had their say. */
export function mockChunks(ctx: RequestContext, output: ChatResponse | CompletionResponse | ResponsesResponse): unknown[] {
  if (output.object !== 'response') return wholeAsChunks(output)
  const text = output.output.flatMap(({ content }) => (content as { text?: string }[]).map((part) => part.text ?? '')).join('')
  const events = responseEvents(wholeAsChunks(mockChat(ctx, text)) as ChatChunk[], ctx.body as unknown as ResponsesRequest, mockCall(ctx))
  const view = showEvents(ctx, mockCall(ctx))
  return events.map((event) => view.show(event))
}

function mockChat(ctx: RequestContext, text: string): ChatResponse {
  return { ...commonOf(ctx), object: 'chat.completion', choices: [{ index: 0, message: { role: 'assistant', content: text }, finish_reason: 'stop' }] }
}

function mockCall(ctx: RequestContext): Call {
  return { id: ctx.id, model: ctx.shownModel, stream: ctx.stream, created: Math.floor(ctx.startedAt / 1000), drop() {} }
}

function commonOf(ctx: RequestContext): Pick<ChatResponse, 'id' | 'created' | 'model' | 'usage'> {
  return { id: `mock-${ctx.id}`, created: Math.floor(ctx.startedAt / 1000), model: ctx.shownModel, usage: usageToOpenAI(usage({})) }
}
