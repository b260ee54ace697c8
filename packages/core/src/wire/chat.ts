/**
 * Chat completions as OpenAI defines them, and the internal form of every chat call: OpenAI's
 * shape plus the fields that other providers need to survive a round trip (`thinking_blocks`
 * with signatures, `cache_control`, `provider_specific_fields`), named as LiteLLM names them.
 *
 * Source: https://platform.openai.com/docs/api-reference/chat
 */
import type { OpenAIUsage } from '../usage.ts'

/** Marks the end of a prefix that the provider should cache (Anthropic's form). */
export interface CacheControl {
  type: 'ephemeral'
  ttl?: '5m' | '1h'
}

interface Cacheable {
  cache_control?: CacheControl | null
}

export interface TextPart extends Cacheable {
  type: 'text'
  text: string
}

export interface ImagePart extends Cacheable {
  type: 'image_url'
  /** `url` is an https URL or a `data:` URL. */
  image_url: { url: string; detail?: 'auto' | 'low' | 'high'; format?: string } | string
}

export interface AudioPart extends Cacheable {
  type: 'input_audio'
  /** `data` is base64. */
  input_audio: { data: string; format: string }
}

export interface FilePart extends Cacheable {
  type: 'file'
  /** `file_data` is a `data:` URL or base64. */
  file: { file_data?: string; file_id?: string; filename?: string; format?: string }
}

export interface RefusalPart {
  type: 'refusal'
  refusal: string
}

export type ContentPart = TextPart | ImagePart | AudioPart | FilePart | RefusalPart

/** A provider's own record of its reasoning; must be sent back unchanged for the signature to hold. */
export type ThinkingBlock =
  | { type: 'thinking'; thinking: string; signature?: string | null }
  | { type: 'redacted_thinking'; data: string }

export interface ToolCall {
  id: string
  type: 'function'
  /** `arguments` is JSON text. */
  function: { name: string; arguments: string }
  /** What the provider needs back with this call (Gemini's `thought_signature`, ...). */
  provider_specific_fields?: Record<string, unknown> | null
}

export interface CustomToolCall {
  id: string
  type: 'custom'
  custom: { name: string; input: string }
}

export interface SystemMessage extends Cacheable {
  role: 'system' | 'developer'
  content: string | ContentPart[]
  name?: string
}

export interface UserMessage extends Cacheable {
  role: 'user'
  content: string | ContentPart[]
  name?: string
}

export interface AssistantMessage extends Cacheable {
  role: 'assistant'
  content?: string | ContentPart[] | null
  name?: string
  refusal?: string | null
  tool_calls?: ToolCall[] | null
  function_call?: { name: string; arguments: string } | null
  audio?: { id: string; data?: string; expires_at?: number; transcript?: string } | null
  reasoning_content?: string | null
  thinking_blocks?: ThinkingBlock[] | null
  provider_specific_fields?: Record<string, unknown> | null
}

export interface ToolMessage extends Cacheable {
  role: 'tool'
  tool_call_id: string
  content: string | ContentPart[]
  name?: string
}

export interface FunctionMessage {
  role: 'function'
  name: string
  content: string | null
}

export type ChatMessage = SystemMessage | UserMessage | AssistantMessage | ToolMessage | FunctionMessage

export interface FunctionTool extends Cacheable {
  type: 'function'
  function: { name: string; description?: string; parameters?: Record<string, unknown>; strict?: boolean | null } & Cacheable
}

export type ToolChoice =
  | 'none' | 'auto' | 'required'
  | { type: 'function'; function: { name: string } }
  | { type: 'allowed_tools'; allowed_tools: { mode: 'auto' | 'required'; tools: unknown[] } }

export type ResponseFormat =
  | { type: 'text' }
  | { type: 'json_object' }
  | { type: 'json_schema'; json_schema: { name: string; description?: string; schema?: Record<string, unknown>; strict?: boolean | null } }

/** A chat request. Fields that OpenAI does not define pass through to the provider. */
export interface ChatRequest {
  model: string
  messages: ChatMessage[]
  stream?: boolean | null
  stream_options?: { include_usage?: boolean; include_obfuscation?: boolean } | null
  tools?: FunctionTool[]
  tool_choice?: ToolChoice
  parallel_tool_calls?: boolean
  response_format?: ResponseFormat
  max_tokens?: number | null
  max_completion_tokens?: number | null
  temperature?: number | null
  top_p?: number | null
  n?: number | null
  stop?: string | string[] | null
  seed?: number | null
  presence_penalty?: number | null
  frequency_penalty?: number | null
  logit_bias?: Record<string, number> | null
  logprobs?: boolean | null
  top_logprobs?: number | null
  reasoning_effort?: 'none' | 'minimal' | 'low' | 'medium' | 'high' | 'xhigh' | null
  /** Anthropic's reasoning switch, as LiteLLM accepts it. */
  thinking?: { type: 'enabled'; budget_tokens: number } | { type: 'adaptive' } | { type: 'disabled' } | null
  modalities?: ('text' | 'audio' | 'image')[] | null
  audio?: { voice: string; format: string } | null
  prediction?: { type: 'content'; content: string | TextPart[] } | null
  user?: string
  safety_identifier?: string
  prompt_cache_key?: string
  metadata?: Record<string, unknown> | null
  store?: boolean | null
  service_tier?: string | null
  verbosity?: string | null
  web_search_options?: Record<string, unknown>
  functions?: { name: string; description?: string; parameters?: Record<string, unknown> }[]
  function_call?: 'none' | 'auto' | { name: string }
  [field: string]: unknown
}

export type FinishReason = 'stop' | 'length' | 'tool_calls' | 'content_filter' | 'function_call'

export interface UrlCitation {
  type: 'url_citation'
  url_citation: { url: string; title?: string; start_index?: number; end_index?: number }
}

export interface ChatChoice {
  index: number
  message: {
    role: 'assistant'
    content: string | null
    refusal?: string | null
    tool_calls?: ToolCall[]
    annotations?: UrlCitation[]
    audio?: { id: string; data: string; expires_at: number; transcript: string } | null
    images?: { type: 'image_url'; image_url: { url: string }; index?: number }[]
    reasoning_content?: string | null
    thinking_blocks?: ThinkingBlock[]
    provider_specific_fields?: Record<string, unknown>
  }
  logprobs?: unknown
  finish_reason: FinishReason
}

export interface ChatResponse {
  id: string
  object: 'chat.completion'
  /** Seconds since the epoch. */
  created: number
  model: string
  choices: ChatChoice[]
  usage?: OpenAIUsage
  system_fingerprint?: string | null
  service_tier?: string | null
  provider_specific_fields?: Record<string, unknown>
}

export interface ToolCallDelta {
  index: number
  id?: string
  type?: 'function'
  function?: { name?: string; arguments?: string }
  provider_specific_fields?: Record<string, unknown>
}

export interface ChatDelta {
  role?: 'assistant'
  content?: string | null
  refusal?: string | null
  tool_calls?: ToolCallDelta[]
  annotations?: UrlCitation[]
  images?: { type: 'image_url'; image_url: { url: string }; index?: number }[]
  audio?: { id?: string; data?: string; transcript?: string; expires_at?: number }
  reasoning_content?: string | null
  /** A block's text arrives in pieces; a piece with `signature` ends the block. */
  thinking_blocks?: ThinkingBlock[]
  provider_specific_fields?: Record<string, unknown>
}

export interface ChatChunk {
  id: string
  object: 'chat.completion.chunk'
  created: number
  model: string
  choices: { index: number; delta: ChatDelta; logprobs?: unknown; finish_reason: FinishReason | null }[]
  usage?: OpenAIUsage | null
  system_fingerprint?: string | null
  service_tier?: string | null
}
