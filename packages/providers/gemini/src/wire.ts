/** Gemini's wire format, as far as we write it. Source: https://ai.google.dev/api/caching#Content */

export interface Blob {
  mimeType: string
  data: string
}

export interface Part {
  text?: string
  thought?: boolean
  thoughtSignature?: string
  inlineData?: Blob
  fileData?: { mimeType?: string; fileUri: string }
  functionCall?: { id?: string; name: string; args: Record<string, unknown> }
  functionResponse?: { id?: string; name: string; response: Record<string, unknown>; parts?: { inlineData: Blob }[] }
}

export interface Content {
  role: 'user' | 'model'
  parts: Part[]
}

export interface GenerateContentRequest {
  contents: Content[]
  systemInstruction?: { parts: Part[] }
  tools?: Record<string, unknown>[]
  toolConfig?: Record<string, unknown>
  generationConfig?: Record<string, unknown>
  serviceTier?: string
  [field: string]: unknown
}
