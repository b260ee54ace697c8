/** Tool types that need a beta feature; later versions and other tools are generally available. Source: https://platform.claude.com/docs/en/agents-and-tools/tool-use/tool-reference */
const ofTools: Readonly<Record<string, string>> = {
  computer_20241022: 'computer-use-2024-10-22',
  bash_20241022: 'computer-use-2024-10-22',
  text_editor_20241022: 'computer-use-2024-10-22',
  computer_20250124: 'computer-use-2025-01-24',
  computer_20251124: 'computer-use-2025-11-24',
  code_execution_20250522: 'code-execution-2025-05-22',
  code_execution_20250825: 'code-execution-2025-08-25',
  web_fetch_20250910: 'web-fetch-2025-09-10',
  memory_20250818: 'context-management-2025-06-27',
  tool_search_tool_regex_20251119: 'advanced-tool-use-2025-11-20',
  tool_search_tool_bm25_20251119: 'advanced-tool-use-2025-11-20',
  advisor_20260301: 'advisor-tool-2026-03-01',
}

/** Request fields that need one. */
const ofFields: Readonly<Record<string, string>> = {
  mcp_servers: 'mcp-client-2025-04-04',
  context_management: 'context-management-2025-06-27',
}

const FILES = 'files-api-2025-04-14'

/** The beta features that a body needs, each once. */
export function betasFor(body: Readonly<Record<string, unknown>>, tools: readonly Readonly<Record<string, unknown>>[], usesFiles: boolean): string[] {
  const betas = new Set<string>()
  for (const tool of tools) {
    const beta = ofTools[String(tool['type'])]
    if (beta) betas.add(beta)
  }
  for (const [field, beta] of Object.entries(ofFields)) {
    if (body[field] !== undefined) betas.add(beta)
  }
  if (usesFiles) betas.add(FILES)
  return [...betas].sort()
}
