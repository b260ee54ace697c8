/** Fields of a request that a model reads as they are written. */
const written = ['tools', 'functions', 'response_format', 'tool_choice', 'web_search_options', 'prediction', 'audio', 'text'] as const
/**
 * Tokens that a message has beside its text (its role is one of them), and those that an answer begins with.
 * Source: https://github.com/openai/openai-cookbook, "How to count tokens with tiktoken".
 */
const PER_MESSAGE = 4
const PER_ANSWER = 3

/** Input tokens of a request, as OpenAI writes requests out. @param count tokens of a text */
export function countInput(body: Readonly<Record<string, unknown>>, count: (text: string) => number): number {
  const texts: string[] = []
  const { messages, prompt, input, system, instructions } = body
  let around = Array.isArray(messages) ? PER_ANSWER : 0
  if (Array.isArray(messages)) {
    for (const message of messages as Record<string, unknown>[]) {
      around += PER_MESSAGE
      const { role: _, content, ...rest } = message
      take(content, texts)
      if (Object.keys(rest).length > 0) texts.push(JSON.stringify(rest))
    }
  }
  for (const value of [prompt, input, system, instructions]) around += take(value, texts)
  for (const name of written) if (body[name] !== undefined && body[name] !== null) texts.push(JSON.stringify(body[name]))
  return texts.reduce((sum, text) => sum + count(text), around)
}

/** Texts of a content, a prompt or an input. Answers how many tokens were given as numbers. */
function take(value: unknown, texts: string[]): number {
  if (typeof value === 'string') texts.push(value)
  else if (typeof value === 'number') return 1
  else if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + take(item, texts), 0)
  else if (typeof value === 'object' && value !== null) texts.push('text' in value && typeof value.text === 'string' ? value.text : JSON.stringify(value))
  return 0
}
