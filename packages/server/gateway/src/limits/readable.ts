/** Fields of a request that a model reads as they are written. */
const written = ['tools', 'functions', 'response_format', 'tool_choice', 'web_search_options', 'prediction', 'audio'] as const
/** Tokens that a message has beside its text. Source: https://github.com/openai/openai-cookbook, "How to count tokens with tiktoken". */
const PER_MESSAGE = 4
const PER_REQUEST = 8

/** What of a request's text becomes tokens, as one text, and the tokens that stand around it. */
export function readable(body: Readonly<Record<string, unknown>>): { readonly text: string; readonly around: number } {
  const texts: string[] = []
  const { messages, prompt, input, system } = body
  let around = PER_REQUEST
  if (Array.isArray(messages)) {
    for (const message of messages as Record<string, unknown>[]) {
      around += PER_MESSAGE
      const { role: _, content, ...rest } = message
      take(content, texts)
      if (Object.keys(rest).length > 0) texts.push(JSON.stringify(rest))
    }
  }
  for (const value of [prompt, input, system]) around += take(value, texts)
  for (const name of written) if (body[name] !== undefined && body[name] !== null) texts.push(JSON.stringify(body[name]))
  return { text: texts.join('\n'), around }
}

/** Texts of a content, a prompt or an input. Answers how many tokens were given as numbers. */
function take(value: unknown, texts: string[]): number {
  if (typeof value === 'string') texts.push(value)
  else if (typeof value === 'number') return 1
  else if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + take(item, texts), 0)
  else if (typeof value === 'object' && value !== null) texts.push('text' in value && typeof value.text === 'string' ? value.text : JSON.stringify(value))
  return 0
}
