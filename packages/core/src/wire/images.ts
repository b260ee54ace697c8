/** Images. Source: https://platform.openai.com/docs/api-reference/images */
export interface ImageRequest {
  model: string
  prompt: string
  n?: number | null
  size?: string | null
  quality?: string | null
  style?: string | null
  background?: string | null
  response_format?: 'url' | 'b64_json' | null
  output_format?: string | null
  user?: string
  [field: string]: unknown
}

export interface ImageResponse {
  created: number
  data: { url?: string; b64_json?: string; revised_prompt?: string }[]
  usage?: { input_tokens: number; output_tokens: number; total_tokens: number; input_tokens_details?: { text_tokens?: number; image_tokens?: number } }
}
