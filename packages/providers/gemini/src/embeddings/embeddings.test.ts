import type { EmbeddingRequest } from '@tianjillm/core'
import { testCall } from '@tianjillm/test-kit'
import { expect, it } from 'vitest'
import { decodeEmbeddings } from './decode.ts'
import { encodeEmbeddings } from './encode.ts'

const model = 'gemini-embedding-001'
const encode = (fields: object) => encodeEmbeddings({ model, ...fields } as EmbeddingRequest, testCall({ model }))

it('asks for each text, with the same options', () => {
  expect(encode({ input: ['a', 'b'], dimensions: 3, title: 't', task_type: 'RETRIEVAL_DOCUMENT' }).requests).toEqual(['a', 'b'].map((text) => ({ model: 'models/gemini-embedding-001', content: { parts: [{ text }] }, outputDimensionality: 3, taskType: 'RETRIEVAL_DOCUMENT', title: 't' })))
})

it.each([[[1, 2, 3]], [[[1, 2], [3]]]])('refuses tokens: %j', (input) => {
  expect(() => encode({ input })).toThrow(expect.objectContaining({ code: 'invalid_request', param: 'input' }))
})

it('reads the answer for one text too', () => {
  expect(decodeEmbeddings({ embedding: { values: [1] } }, testCall({ model }), 'acme')).toEqual({ object: 'list', model, data: [{ object: 'embedding', index: 0, embedding: [1] }], usage: { prompt_tokens: 0, total_tokens: 0 } })
})

it('packs vectors only for the call that asked for it', () => {
  const asking = testCall({ model })
  encodeEmbeddings({ model, input: 'a', encoding_format: 'base64' }, asking)
  const body = { embeddings: [{ values: [1, -2] }] }
  const [packed, plain] = [asking, testCall({ model })].map((call) => decodeEmbeddings(body, call, 'acme').data[0]!.embedding)
  expect([...new Float32Array(new Uint8Array(Buffer.from(String(packed), 'base64')).buffer)]).toEqual([1, -2])
  expect(plain).toEqual([1, -2])
})

it.each([{}, { embeddings: {} }, { embeddings: [{}] }, { embeddings: [null] }])('refuses %j', (body) => {
  expect(() => decodeEmbeddings(body, testCall({ model }), 'acme')).toThrow(expect.objectContaining({ code: 'upstream_malformed' }))
})
