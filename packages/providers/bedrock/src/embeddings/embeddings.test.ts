import type { EmbeddingRequest } from '@tianjillm/core'
import { testCall } from '@tianjillm/test-kit'
import { describe, expect, it } from 'vitest'
import { parseModel } from '../model.ts'
import { decodeEmbeddings } from './decode.ts'
import { encodeEmbeddings } from './encode.ts'
import { supportsEmbeddingField } from './supports.ts'

const encode = (model: string, fields: Partial<EmbeddingRequest>) => encodeEmbeddings({ model, input: 'a', ...fields }, testCall({ model }), parseModel(model))

describe('encodeEmbeddings', () => {
  it.each([
    ['amazon.titan-embed-text-v2:0', { input: ['a', 'b'] }, 'input'],
    ['amazon.nova-2-multimodal-embeddings-v1:0', { input: ['a', 'b'] }, 'input'],
    ['cohere.embed-english-v3', { input: [1, 2] }, 'input'],
    ['cohere.embed-english-v3', { input: [[1], [2]] }, 'input'],
    ['cohere.embed-english-v3', { input: [] }, 'input'],
    ['anthropic.claude-3-haiku-20240307-v1:0', {}, 'model'],
  ])('%s refuses %j', (model, fields, param) => {
    expect(() => encode(model, fields)).toThrow(expect.objectContaining({ code: 'invalid_request', param }))
  })

  it('gives Nova sound and video in their own fields', () => {
    const nova = 'amazon.nova-2-multimodal-embeddings-v1:0'
    expect(encode(nova, { input: 'data:audio/mpeg;base64,AA==' })['singleEmbeddingParams']).toMatchObject({ audio: { format: 'mp3', source: { bytes: 'AA==' } } })
    expect(encode(nova, { input: 'data:video/mp4;base64,AA==' })['singleEmbeddingParams']).toMatchObject({ video: { format: 'mp4', embeddingMode: 'AUDIO_VIDEO_COMBINED' } })
    expect(encode(nova, { input: 'data:text/plain;base64,AA==' })['singleEmbeddingParams']).toMatchObject({ text: { value: 'data:text/plain;base64,AA==' } })
  })

  it('lets the caller overrule the defaults', () => {
    expect(encode('us.cohere.embed-v4:0', { embedding_types: ['int8', 'float'], truncate: 'RIGHT' })).toEqual({ texts: ['a'], input_type: 'search_document', embedding_types: ['int8', 'float'], truncate: 'RIGHT' })
  })
})

it.each([
  ['amazon.titan-embed-text-v1', 'dimensions', false], ['amazon.titan-embed-text-v2:0', 'dimensions', true], ['cohere.embed-english-v3', 'dimensions', false], ['cohere.embed-v4:0', 'dimensions', true],
  ['amazon.nova-2-multimodal-embeddings-v1:0', 'dimensions', true], ['amazon.titan-embed-text-v1', 'user', true], ['amazon.titan-embed-text-v1', 'normalize', true],
])('%s and %s: %s', (model, field, supported) => {
  expect(supportsEmbeddingField(field, parseModel(model))).toBe(supported)
})

it.each([null, { embeddings: [] }, { embeddings: { int8: [[1]] } }, { embedding: [] }])('an answer without floats is malformed: %j', (body) => {
  expect(() => decodeEmbeddings(body, testCall())).toThrow(expect.objectContaining({ code: 'upstream_malformed' }))
})
