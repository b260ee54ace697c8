/** Gemini's own request fields, which callers may send beside OpenAI's: in Google's spelling or, as LiteLLM has them, with underscores. */

const snake = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

/** Each spelling -> the API's, which comes last and so wins where a caller sends both. */
const bothSpellings = (names: readonly string[]): ReadonlyMap<string, string> => new Map(names.flatMap((name) => [[snake(name), name], [name, name]]))

/** Fields of `generationConfig`. Source: https://ai.google.dev/api/generate-content#v1beta.GenerationConfig */
export const configFields = bothSpellings([
  'topK', 'topP', 'candidateCount', 'maxOutputTokens', 'stopSequences', 'presencePenalty', 'frequencyPenalty', 'responseMimeType', 'responseSchema', 'responseJsonSchema', 'responseModalities',
  'responseLogprobs', 'thinkingConfig', 'speechConfig', 'imageConfig', 'mediaResolution', 'enableEnhancedCivicAnswers', 'audioTimestamp', 'routingConfig', 'modelSelectionConfig',
])

/** Fields beside it. Source: https://ai.google.dev/api/generate-content#request-body, and `labels` of Vertex AI. */
export const requestFields = bothSpellings(['safetySettings', 'cachedContent', 'toolConfig', 'labels'])
