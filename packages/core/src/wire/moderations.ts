/** Moderations. Source: https://platform.openai.com/docs/api-reference/moderations */
export interface ModerationRequest {
  model?: string
  input: string | string[] | ({ type: 'text'; text: string } | { type: 'image_url'; image_url: { url: string } })[]
  [field: string]: unknown
}

export interface ModerationResponse {
  id: string
  model: string
  results: {
    flagged: boolean
    categories: Record<string, boolean>
    category_scores: Record<string, number>
    category_applied_input_types?: Record<string, string[]>
  }[]
}
