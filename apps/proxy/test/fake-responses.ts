import type { Answer, FakeUpstream, UpstreamCall } from '@tianjillm/test-kit'

type Json = Record<string, unknown>

/** Tokens that each answer of {@link createFakeResponses} uses: 10 of input, of which 4 come from the cache, and 5 of output, of which 2 are reasoning. */
export const responseUsage = { input_tokens: 10, input_tokens_details: { cached_tokens: 4 }, output_tokens: 5, output_tokens_details: { reasoning_tokens: 2 }, total_tokens: 15 }

/** A Responses API as OpenAI documents it, with a memory of its own. */
export interface FakeResponses {
  /** What it keeps, by its own ids. */
  readonly kept: ReadonlyMap<string, Json>
  /** Ends a response that runs in the background. */
  complete(id: string, status?: 'completed' | 'failed'): void
  /** What the next answers say. Default: how many there were before it in the conversation. */
  say(text: string | undefined): void
}

/**
 * Plays the Responses API at an upstream, under `/<account>/v1/responses`.
 * Source: https://platform.openai.com/docs/api-reference/responses and /responses-streaming
 */
export function createFakeResponses(upstream: FakeUpstream, account: string): FakeResponses {
  const kept = new Map<string, Json>()
  const inputs = new Map<string, unknown>()
  let made = 0
  let said: string | undefined

  const turns = (id: unknown): number => (typeof id === 'string' ? 1 + turns(kept.get(id)?.['previous_response_id']) : 0)
  const json = (body: unknown, status = 200): Answer => (response) => {
    // OpenAI writes its answers over several lines.
    const text = JSON.stringify(body, null, 2)
    response.writeHead(status, { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(text)) }).end(text)
  }
  const refused = (status: number, message: string, code: string | null = null, param: string | null = null): Answer => json({ error: { message, type: 'invalid_request_error', param, code } }, status)
  const message = (text: string, status = 'completed'): Json => ({ id: `msg_${account}_${made}`, type: 'message', status, role: 'assistant', content: status === 'completed' ? [{ type: 'output_text', text, annotations: [] }] : [] })
  const finished = (response: Json, text: string): Json => ({ ...response, status: 'completed', output: [message(text)], usage: responseUsage })

  const create = (call: UpstreamCall): Answer => {
    const body = call.json as Json
    const previous = body['previous_response_id'] ?? null
    if (previous !== null && !kept.has(String(previous))) return refused(400, `Previous response with id '${String(previous)}' not found.`, 'previous_response_not_found', 'previous_response_id')
    made += 1
    const id = `resp_${account}_${made}`
    const begun: Json = {
      id, object: 'response', created_at: Math.floor(Date.now() / 1000), status: body['background'] === true ? 'queued' : 'in_progress', background: body['background'] === true, error: null, incomplete_details: null,
      instructions: body['instructions'] ?? null, max_output_tokens: body['max_output_tokens'] ?? null, model: `${String(body['model'])}-2026-01-01`, output: [], parallel_tool_calls: true, previous_response_id: previous,
      store: body['store'] ?? true, temperature: 1, text: { format: { type: 'text' } }, tool_choice: 'auto', tools: body['tools'] ?? [], top_p: 1, truncation: 'disabled', usage: null, user: null, metadata: body['metadata'] ?? {},
    }
    const text = said ?? `turn ${turns(previous) + 1}`
    const answered = finished(begun, text)
    if (body['store'] !== false) {
      kept.set(id, body['background'] === true && body['stream'] !== true ? begun : answered)
      inputs.set(id, body['input'])
    }
    if (body['stream'] === true) return events(begun, answered, text)
    return json(body['background'] === true ? begun : answered)
  }

  const events = (begun: Json, answered: Json, text: string): Answer => (response) => {
    const item = message(text)
    const at = { item_id: item['id'], output_index: 0, content_index: 0 }
    const pieces = text.match(/.{1,6}/gs) ?? []
    const all: Json[] = [
      { type: 'response.created', response: begun },
      { type: 'response.in_progress', response: { ...begun, status: 'in_progress' } },
      { type: 'response.output_item.added', output_index: 0, item: { ...item, status: 'in_progress', content: [] } },
      { type: 'response.content_part.added', ...at, part: { type: 'output_text', text: '', annotations: [] } },
      ...pieces.map((delta) => ({ type: 'response.output_text.delta', ...at, delta, logprobs: [] })),
      { type: 'response.output_text.done', ...at, text, logprobs: [] },
      { type: 'response.content_part.done', ...at, part: { type: 'output_text', text, annotations: [] } },
      { type: 'response.output_item.done', output_index: 0, item },
      { type: 'response.completed', response: answered },
    ]
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' })
    response.end(all.map((event, i) => `event: ${String(event['type'])}\ndata: ${JSON.stringify({ type: event['type'], sequence_number: i, ...event })}\n\n`).join(''))
  }

  const about = (call: UpstreamCall): Answer => {
    const [path = '', query = ''] = call.path.split('?')
    const [id = '', part] = path.slice(path.indexOf('/responses/') + '/responses/'.length).split('/')
    const found = kept.get(decodeURIComponent(id))
    if (!found) return refused(404, `Response with id '${id}' not found.`)
    if (call.method === 'DELETE') {
      kept.delete(id)
      return json({ id, object: 'response', deleted: true })
    }
    if (part === 'cancel') {
      if (found['background'] !== true) return refused(400, 'Only responses created with background=true can be cancelled.')
      kept.set(id, { ...found, status: 'cancelled' })
      return json(kept.get(id))
    }
    if (part === 'input_items') {
      const data = [{ id: `msg_in_${id}`, type: 'message', status: 'completed', role: 'user', content: [{ type: 'input_text', text: inputs.get(id) }] }]
      return json({ object: 'list', data, first_id: data[0]!.id, last_id: data[0]!.id, has_more: false })
    }
    const text = ((found['output'] as Json[])[0]?.['content'] as Json[] | undefined)?.[0]?.['text']
    return new URLSearchParams(query).get('stream') === 'true' ? events({ ...found, status: 'in_progress', output: [], usage: null }, found, String(text ?? '')) : json(found)
  }

  const root = `/${account}/v1/responses`
  upstream.on((call) => call.path === root && call.method === 'POST', (response, call) => create(call)(response, call))
  upstream.on((call) => call.path.startsWith(`${root}/`), (response, call) => about(call)(response, call))
  return {
    kept,
    complete(id, status = 'completed') {
      const found = kept.get(id)!
      kept.set(id, status === 'completed' ? finished(found, said ?? 'done') : { ...found, status, error: { code: 'server_error', message: 'It broke.' } })
    },
    say(text) {
      said = text
    },
  }
}
