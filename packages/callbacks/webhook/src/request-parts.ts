/** The caller's request, split as LiteLLM's payload has it. */
export interface RequestParts {
  /** What the model was asked: chat messages, an embedding's input, a prompt. */
  readonly messages: unknown
  /** Every other field but the model. */
  readonly parameters: Readonly<Record<string, unknown>>
}

/** Splits a request body of any operation into what was asked and how. */
export function requestParts(body: unknown): RequestParts {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return { messages: body ?? null, parameters: {} }
  const { model: _model, messages, input, prompt, query, metadata: _metadata, ...parameters } = body as Record<string, unknown>
  return { messages: messages ?? input ?? prompt ?? query ?? null, parameters }
}
