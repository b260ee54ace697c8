import { describe, expect, it } from 'vitest'
import { inputMessages, outputMessages } from './messages.ts'

const parts = (content: unknown) => inputMessages([{ role: 'user', content }])[0]?.parts

describe('inputMessages', () => {
  it('maps roles, names and tool results', () => {
    expect(inputMessages([
      { role: 'developer', content: 'Rules' },
      { role: 'user', content: 'Hi', name: 'ann' },
      { role: 'assistant', content: 'Let me see', reasoning_content: 'hm', tool_calls: [{ id: 't', type: 'function', function: { name: 'f', arguments: 'not json' } }] },
      { role: 'tool', tool_call_id: 't', content: [{ type: 'text', text: 'sunny' }, { type: 'text', text: ', 20' }] },
      { role: 'function', name: 'f', content: 'old' },
    ])).toEqual([
      { role: 'system', parts: [{ type: 'text', content: 'Rules' }] },
      { role: 'user', name: 'ann', parts: [{ type: 'text', content: 'Hi' }] },
      { role: 'assistant', parts: [{ type: 'reasoning', content: 'hm' }, { type: 'text', content: 'Let me see' }, { type: 'tool_call', id: 't', name: 'f', arguments: 'not json' }] },
      { role: 'tool', parts: [{ type: 'tool_call_response', id: 't', response: 'sunny, 20' }] },
      { role: 'tool', name: 'f', parts: [{ type: 'tool_call_response', id: null, response: 'old' }] },
    ])
  })

  it('names files by address, and inline ones by type and size without their bytes', () => {
    expect(parts([
      { type: 'image_url', image_url: { url: 'https://img.test/a.png' } },
      { type: 'image_url', image_url: 'data:image/png;base64,AAAAAAAA' },
      { type: 'input_audio', input_audio: { data: 'AAAA', format: 'wav' } },
      { type: 'file', file: { file_id: 'file-1' } },
      { type: 'file', file: { file_data: 'data:application/pdf;base64,AAAA', filename: 'a.pdf' } },
      { type: 'hologram', data: 'x' },
    ])).toEqual([
      { type: 'uri', modality: 'image', uri: 'https://img.test/a.png' },
      { type: 'blob', modality: 'image', mime_type: 'image/png', content: '', size: 6 },
      { type: 'blob', modality: 'audio', mime_type: 'audio/wav', content: '', size: 3 },
      { type: 'file', modality: 'document', file_id: 'file-1' },
      { type: 'blob', modality: 'document', mime_type: 'application/pdf', content: '', size: 3, filename: 'a.pdf' },
      { type: 'hologram' },
    ])
  })
})

describe('outputMessages', () => {
  it('has a message for each choice', () => {
    const choice = (index: number, content: string, finish_reason: 'stop' | 'length') => ({ index, finish_reason, message: { role: 'assistant' as const, content } })
    expect(outputMessages({ choices: [choice(0, 'a', 'stop'), choice(1, 'b', 'length')] })).toEqual([
      { role: 'assistant', parts: [{ type: 'text', content: 'a' }], finish_reason: 'stop' },
      { role: 'assistant', parts: [{ type: 'text', content: 'b' }], finish_reason: 'length' },
    ])
  })

  it('records a refusal', () => {
    expect(outputMessages({ choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: null, refusal: 'No.' } }] })[0]?.parts).toEqual([{ type: 'refusal', content: 'No.' }])
  })
})
