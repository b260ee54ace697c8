/** Capabilities that a request asks of a model, in the words of LiteLLM's `supports_*` flags. */
export function needsOf(body: Readonly<Record<string, unknown>>): readonly string[] {
  const needs = new Set<string>()
  if (Array.isArray(body['tools']) || Array.isArray(body['functions'])) needs.add('function_calling')
  if ((body['response_format'] as { type?: unknown } | null | undefined)?.type === 'json_schema') needs.add('response_schema')
  if ((body['text'] as { format?: { type?: unknown } | null } | null | undefined)?.format?.type === 'json_schema') needs.add('response_schema')
  for (const field of ['messages', 'input'] as const) {
    for (const type of partTypes(body[field])) {
      const need = needOfPart[type]
      if (need !== undefined) needs.add(need)
    }
  }
  return [...needs]
}

/** By type of a content part. */
const needOfPart: Readonly<Record<string, string>> = { image_url: 'vision', input_audio: 'audio_input', file: 'pdf_input', input_image: 'vision', input_file: 'pdf_input' }

/** The types of the parts that messages consist of; a plain text has none. */
export function* partTypes(messages: unknown): Iterable<string> {
  if (!Array.isArray(messages)) return
  for (const message of messages) {
    const content = (message as { content?: unknown } | null)?.content
    if (!Array.isArray(content)) continue
    for (const part of content) {
      const type = (part as { type?: unknown } | null)?.type
      if (typeof type === 'string') yield type
    }
  }
}
