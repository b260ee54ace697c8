import type { CacheControl } from '@tianjillm/core'

/** A content block, of any type: only what a mapping reads is typed. */
export interface Block {
  readonly type: string
  readonly [field: string]: unknown
}

/** One turn of a conversation. */
export interface Turn {
  readonly role: 'user' | 'assistant'
  readonly content: Block[]
}

/** A block with its cache mark, where there is one. */
export function marked(block: Block, mark: CacheControl | null | undefined): Block {
  return mark ? { ...block, cache_control: mark } : block
}

/** Block types that never are OpenAI's: callers may put them into `content` as they are. */
export const nativeBlocks: ReadonlySet<string> = new Set([
  'image', 'document', 'search_result', 'container_upload', 'tool_result', 'tool_use', 'thinking', 'redacted_thinking', 'server_tool_use',
  'web_search_tool_result', 'web_fetch_tool_result', 'code_execution_tool_result', 'bash_code_execution_tool_result',
  'text_editor_code_execution_tool_result', 'tool_search_tool_result', 'mcp_tool_use', 'mcp_tool_result', 'advisor_tool_result', 'compaction', 'fallback',
])
