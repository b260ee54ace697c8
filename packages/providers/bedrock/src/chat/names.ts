import { GatewayError } from '@tianjillm/core'

/** Tool names and ids of Converse: 1 to 64 of these. Source: API_runtime_ToolSpecification, API_runtime_ToolUseBlock. */
const refused = /[^A-Za-z0-9_-]/g

/** A tool's name, or a tool call's id, as Bedrock takes it; the same for the same text. */
export function bedrockName(text: string): string {
  return text.replaceAll(refused, '_').slice(0, 64) || '_'
}

/**
 * Tool names as Bedrock takes them -> as the caller wrote them, where they differ.
 *
 * @throws `invalid_request` when two names become one
 */
export function nameMap(names: readonly string[]): ReadonlyMap<string, string> {
  const all = new Map<string, string>()
  for (const name of names) {
    const other = all.get(bedrockName(name))
    if (other !== undefined && other !== name) throw new GatewayError('invalid_request', `bedrock: the tools \`${other}\` and \`${name}\` have the same name within the 64 letters, digits, _ and - that Bedrock allows. Rename one.`, { param: 'tools' })
    all.set(bedrockName(name), name)
  }
  return new Map([...all].filter(([ours, theirs]) => ours !== theirs))
}
