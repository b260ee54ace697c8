/** Speech and transcription. Source: https://platform.openai.com/docs/api-reference/audio */
export interface SpeechRequest {
  model: string
  input: string
  voice: string
  response_format?: 'mp3' | 'opus' | 'aac' | 'flac' | 'wav' | 'pcm'
  speed?: number
  instructions?: string
  [field: string]: unknown
}

export interface TranscriptionRequest {
  model: string
  /** The audio file as the client uploaded it. */
  file: { name: string; type: string; bytes: Uint8Array }
  language?: string
  prompt?: string
  response_format?: 'json' | 'text' | 'srt' | 'verbose_json' | 'vtt'
  temperature?: number
  [field: string]: unknown
}

export interface TranscriptionResponse {
  text: string
  language?: string
  duration?: number
  segments?: unknown[]
  words?: unknown[]
  usage?: unknown
}
