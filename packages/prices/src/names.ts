/** Date and version endings under which vendors sell one model. */
const endings = [/@(?:\d{8}|default|latest)$/, /-(?:19|20)\d{2}-?\d{2}-?\d{2}$/, /-latest$/]

/**
 * The names to look for, best first: a model's name with what LiteLLM and clouds put around it taken off
 * (routes, regions, resource paths), then without its date.
 */
export function namesOf(model: string): readonly string[] {
  let name = model
  // arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.anthropic.claude-...
  if (name.startsWith('arn:')) name = name.slice(name.lastIndexOf('/') + 1)
  name = name.replace(/^(?:converse|converse_like|invoke|models|publishers\/[^/]+\/models)\//, '')
  // bedrock/us-west-2/anthropic.claude-...
  name = name.replace(/^[a-z]{2,3}(?:-[a-z]+)+-\d\//, '')
  const names = [name]
  for (const ending of endings) if (ending.test(name)) names.push(name.replace(ending, ''))
  return names
}
