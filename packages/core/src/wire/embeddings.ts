/** Embeddings. Source: https://platform.openai.com/docs/api-reference/embeddings */
export interface EmbeddingRequest {
  model: string
  input: string | string[] | number[] | number[][]
  dimensions?: number
  encoding_format?: 'float' | 'base64'
  user?: string
  [field: string]: unknown
}

export interface EmbeddingResponse {
  object: 'list'
  model: string
  /** `embedding` is base64 of little-endian float32 when `encoding_format` is `base64`. */
  data: { object: 'embedding'; index: number; embedding: number[] | string }[]
  usage: { prompt_tokens: number; total_tokens: number }
}
