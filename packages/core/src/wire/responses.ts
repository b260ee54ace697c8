/** Responses API. Source: https://platform.openai.com/docs/api-reference/responses */
export interface ResponsesRequest {
  model: string
  input: string | ResponsesItem[]
  instructions?: string | null
  stream?: boolean | null
  tools?: Record<string, unknown>[]
  tool_choice?: unknown
  previous_response_id?: string | null
  max_output_tokens?: number | null
  reasoning?: { effort?: string | null; summary?: string | null } | null
  text?: { format?: Record<string, unknown>; verbosity?: string } | null
  store?: boolean | null
  /** The upstream goes on without the caller, who asks for the answer later. */
  background?: boolean | null
  metadata?: Record<string, unknown> | null
  [field: string]: unknown
}

/** One input or output item; `type` tells which. */
export interface ResponsesItem {
  type?: string
  id?: string
  role?: string
  content?: unknown
  [field: string]: unknown
}

export interface ResponsesUsage {
  input_tokens: number
  output_tokens: number
  total_tokens: number
  input_tokens_details?: { cached_tokens?: number; cache_write_tokens?: number } | null
  output_tokens_details?: { reasoning_tokens?: number } | null
}

export interface ResponsesResponse {
  id: string
  object: 'response'
  created_at: number
  model: string
  status: 'completed' | 'failed' | 'in_progress' | 'cancelled' | 'queued' | 'incomplete'
  output: ResponsesItem[]
  background?: boolean | null
  previous_response_id?: string | null
  error?: { code: string; message: string } | null
  incomplete_details?: { reason: string } | null
  usage?: ResponsesUsage | null
  [field: string]: unknown
}

/** One event of a streamed response. */
export interface ResponsesEvent {
  type: string
  sequence_number?: number
  [field: string]: unknown
}
