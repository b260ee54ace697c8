/** Rerank, in Cohere's shape, as LiteLLM offers it. Source: https://docs.cohere.com/reference/rerank */
export interface RerankRequest {
  model: string
  query: string
  documents: (string | Record<string, unknown>)[]
  top_n?: number
  return_documents?: boolean
  [field: string]: unknown
}

export interface RerankResponse {
  id: string
  results: { index: number; relevance_score: number; document?: { text: string } }[]
  meta?: { billed_units?: { search_units?: number; total_tokens?: number }; tokens?: { input_tokens?: number; output_tokens?: number } }
}
