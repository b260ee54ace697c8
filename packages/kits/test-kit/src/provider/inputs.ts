import type { Operation } from '@tianjillm/core'
import { chatRequest, deepFreeze, embeddingRequest } from '../fakes/builders.ts'

type Input = Readonly<Record<string, unknown>> & { readonly model: string }

/** The smallest request of each kind. */
export const smallestInputs: Readonly<Record<Operation, Input>> = deepFreeze({
  chat: chatRequest(),
  completions: { model: 'test-model', prompt: 'Say hello.' },
  embeddings: embeddingRequest(),
  images: { model: 'test-model', prompt: 'A red circle.' },
  speech: { model: 'test-model', input: 'Hello.', voice: 'alloy' },
  transcriptions: { model: 'test-model', file: { name: 'a.wav', type: 'audio/wav', bytes: new Uint8Array(64) } },
  moderations: { model: 'test-model', input: 'Hello.' },
  rerank: { model: 'test-model', query: 'hello', documents: ['hello', 'goodbye'] },
  responses: { model: 'test-model', input: 'Say hello.' },
} as Record<Operation, Input>)
