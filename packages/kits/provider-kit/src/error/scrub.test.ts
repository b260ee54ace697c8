import { describe, expect, it } from 'vitest'
import { scrubSecrets } from './scrub.ts'

describe('scrubSecrets', () => {
  it.each([
    ['Incorrect API key provided: sk-proj-abcDEF1234567890_xyz. You can find', 'sk-proj-abcDEF1234567890_xyz'],
    ['Incorrect API key provided: sk-ab**********wxyz. You can find', 'wxyz'],
    ['x-api-key sk-ant-api03-AAAA-BBBB_CCCC is invalid', 'AAAA-BBBB_CCCC'],
    ['got Authorization: Bearer abc.def-ghi_jkl/mno=', 'abc.def-ghi_jkl/mno='],
    ['basic dXNlcjpwYXNzd29yZA== was refused', 'dXNlcjpwYXNzd29yZA=='],
    ['Credential=AKIAIOSFODNN7EXAMPLE/20250101/us-east-1/bedrock/aws4_request', 'IOSFODNN7EXAMPLE'],
    ['Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7 does not match', '5d672d79c15b1316'],
    ['key AIzaSyA-1234567890abcdefghijklmnopqrs is not valid', 'SyA-1234567890'],
    ['token ya29.a0AfB_byC1234567890 expired', 'a0AfB_byC1234567890'],
    ['jwt eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dozjgNryP4J3jVmNHl0w5N expired', 'eyJzdWIiOiIxMjM0In0'],
    ['{"api_key": "Zm9vYmFyYmF6cXV4"}', 'Zm9vYmFyYmF6cXV4'],
    ['client_secret=Zm9vYmFyYmF6cXV4&x=1', 'Zm9vYmFyYmF6cXV4'],
    ['aws secret_access_key: wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', 'wJalrXUtnFEMI'],
    ['GET https://a.example/v1?key=abcdef123456&alt=sse failed', 'abcdef123456'],
    ['gsk_abcdefghijklmnop hf_abcdefghijklmnop xai-abcdefghijklmnop pplx-abcdefghijklmnop', 'abcdefghijklmnop'],
    ['dapi0123456789abcdef0123456789abcdef', '0123456789abcdef'],
  ])('%s', (text, secret) => {
    expect(scrubSecrets(text)).not.toContain(secret)
    expect(scrubSecrets(text)).toContain('[secret]')
  })

  it.each([
    'This model\'s maximum context length is 128000 tokens. However, your messages resulted in 130000 tokens.',
    'The model `gpt-4o-mini-2024-07-18` does not exist or you do not have access to it.',
    'request_id: req_011Ca7jT9AHpgXgdv8igm4z9',
    'model anthropic.claude-sonnet-4-20250514-v1:0 in us-east-1 is not available',
    'max_tokens: 4096 is too large; the token count is 70000',
    'Invalid schema for function get_weather: basic types only',
    '7321d3c5-0972-4705-a4d4-3b15cd2df22e',
  ])('leaves alone: %s', (text) => {
    expect(scrubSecrets(text)).toBe(text)
  })

  it('takes out known secrets of any shape', () => {
    expect(scrubSecrets('the key is hunter22, yes hunter22', ['hunter22'])).toBe('the key is [secret], yes [secret]')
  })

  it('ignores known secrets that are too short to mean anything', () => {
    expect(scrubSecrets('an apple', ['a', ''])).toBe('an apple')
  })

  it('is linear on hostile text', () => {
    const hostile = ['sk-', 'bearer ', 'api_key=', 'eyJ', 'AKIA', '?key=', 'secret '].map((piece) => piece.repeat(20_000)).join('')
    const start = performance.now()
    scrubSecrets(hostile)
    expect(performance.now() - start).toBeLessThan(2000)
  })
})
