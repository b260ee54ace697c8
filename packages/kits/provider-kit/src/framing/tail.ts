import { GatewayError } from '@tianjillm/core'

/**
 * Judges a last frame whose end the provider did not mark. JSON tells by itself whether it is
 * whole; of other text (`[DONE]`, plain tokens) nobody can tell, so it passes.
 * @throws `upstream_interrupted` when `data` began as JSON and stops early.
 */
export function checkLastFrame(data: string): void {
  const first = data.trimStart()[0]
  if (first !== '{' && first !== '[' && first !== '"') return
  if (data.trim() === '[DONE]') return
  try {
    JSON.parse(data)
  } catch (cause) {
    throw new GatewayError('upstream_interrupted', 'The connection to the provider ended in the middle of a stream frame.', { cause: withoutText(cause) })
  }
}

/** Engines quote the text in JSON errors; a cause may be logged, and must not hold bodies. */
function withoutText(cause: unknown): Error {
  return new SyntaxError(cause instanceof SyntaxError ? 'The frame is not complete JSON.' : 'The frame could not be read.')
}
