import type { GuardrailSubject, Verdict } from '@tianjillm/core'
import { describeGuardrail } from '@tianjillm/test-kit'
import * as fc from 'fast-check'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { contentFilterConfig } from './config.ts'
import { createContentFilter } from './content-filter.ts'
import { normalForm } from './normal-form.ts'
import { contentFilterPlugin } from './plugin.ts'
import { prebuiltPatterns } from './prebuilt.ts'

type Input = v.InferInput<typeof contentFilterConfig>

describeGuardrail({
  plugin: contentFilterPlugin,
  config: { patterns: [{ pattern_type: 'prebuilt', pattern_name: 'us_ssn', action: 'BLOCK' }, { pattern_type: 'prebuilt', pattern_name: 'email', action: 'MASK' }], blocked_words: [{ keyword: 'project apollo', action: 'BLOCK' }, { keyword: 'proprietary', action: 'MASK' }] },
  pass: ['How are you?'],
  flag: [' 123-45-6789 ', 'project apollo', 'PROJECT APOLLO', 'ｐｒｏｊｅｃｔ ａｐｏｌｌｏ', 'pro\u200bject apo\u00adllo'],
  rewrite: [
    { from: 'Contact me at john@example.com', to: ['Contact me at [EMAIL_REDACTED]'] },
    { from: 'This is Proprietary.', to: ['This is [KEYWORD_REDACTED].'] },
  ],
})

const filter = (config: Input) => createContentFilter(v.parse(contentFilterConfig, config))
const check = (config: Input, ...texts: string[]): Verdict => filter(config).check({ on: 'input', model: 'm', texts: texts.map((text) => ({ role: 'user', text })) } satisfies GuardrailSubject, new AbortController().signal) as Verdict
const masked = (config: Input, text: string): string => {
  const verdict = check(config, text)
  return verdict.outcome === 'rewrite' ? verdict.texts[0]! : text
}
const pattern = (name: keyof typeof prebuiltPatterns): Input => ({ patterns: [{ pattern_type: 'prebuilt', pattern_name: name, action: 'MASK' }] })

describe('prebuilt patterns', () => {
  it.each([
    ['us_ssn', '123-45-6789', '123-45-67890'], ['us_ssn_no_dash', '123456789', '1234567890'], ['email', 'a.b+c@mail.example.co.uk', 'a@b'],
    ['phone', '+1-555-123-4567', '12-34'], ['us_phone', '(555) 123-4567', '555-123'], ['visa', '4532-1234-5678-9010', '5532-1234-5678-9010'],
    ['mastercard', '5425 2334 3010 9903', '5925233430109903'], ['amex', '3782-822463-10005', '3882-822463-10005'], ['discover', '6011000990139424', '6111000990139424'],
    ['credit_card', '4532123456789010', '1532123456789010'], ['aws_access_key', 'AKIAIOSFODNN7EXAMPLE', 'AKIAIOSFODNN7'],
    ['aws_secret_key', 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', 'wJalrXUtnFEMI'], ['github_token', 'ghp_16C7e42F292c6912E7710c838347Ae178B4a', 'ghp_16C7'],
    ['slack_token', `xoxb-1234567890-1234567890-${'a'.repeat(24)}`, 'xoxb-12-12-a'], ['generic_api_key', 'api_key: abcdefghij0123456789', 'api_key: short'],
    ['ipv4', '192.168.0.255', '256.1.1.1000'], ['ipv6', '2001:db8::8a2e:370:7334', '12:30'], ['ipv6', '2001:0db8:0:0:0:0:0:1', 'a::'.slice(0, 2)], ['ipv6', '::1', ':1'], ['ip_address', '10.0.0.1', '10.0.0'],
    ['url', 'https://example.com/a?b=c', 'example'], ['iban', 'DE89 3704 0044 0532 0130 00', 'DE89'],
  ] as const)('%s finds %s and not %s', (name, found, left) => {
    expect(masked(pattern(name), `x ${found} y`)).toBe(`x [${name.toUpperCase()}_REDACTED] y`)
    expect(masked(pattern(name), `x ${left} y`)).toBe(`x ${left} y`)
    expect(found.length).toBeLessThanOrEqual(prebuiltPatterns[name].maxLength)
  })
})

describe('masking', () => {
  it('uses the formats of the config, in the original text', () => {
    const config: Input = { pattern_redaction_format: '***{pattern_name}***', keyword_redaction_tag: '***REDACTED***', patterns: [{ pattern_type: 'prebuilt', pattern_name: 'email', action: 'MASK' }], blocked_words: [{ keyword: 'confidential', action: 'MASK' }] }
    expect(masked(config, 'Email john@example.com, confidential data')).toBe('Email ***EMAIL***, ***REDACTED*** data')
    expect(masked(config, 'Ünïcode ﬁrst: con\u200dﬁdential, ＣＯＮＦＩＤＥＮＴＩＡＬ é!')).toBe('Ünïcode ﬁrst: ***REDACTED***, ***REDACTED*** é!')
  })

  it('a tag with $ signs is no pattern, and overlapping findings are masked once', () => {
    expect(masked({ keyword_redaction_tag: '$&$1', blocked_words: [{ keyword: 'abc', action: 'MASK' }, { keyword: 'bcd', action: 'MASK' }] }, 'xabcdx')).toBe('x$&$1x')
  })

  it('blocking wins over masking, and the reason names the rule, not the text', () => {
    const verdict = check({ blocked_words: [{ keyword: 'aaa', action: 'MASK' }, { keyword: 'bbb', action: 'BLOCK' }] }, 'aaa', 'bbb')
    expect(verdict).toMatchObject({ outcome: 'flag', category: 'keyword' })
    expect(JSON.stringify(verdict)).not.toContain('bbb')
  })

  it('never leaves the keyword, whatever stands around and inside it, and nothing else changes', () => {
    const noise = fc.array(fc.constantFrom('a', ' ', 'é', 'e\u0301', '🦊', 'ﬁ', '한', '\u1112\u1161', 'İ', '\u200b'), { maxLength: 12 }).map((parts) => parts.join(''))
    const word = fc.array(fc.constantFrom('', '\u200b', '\u00ad'), { minLength: 4, maxLength: 4 }).map((gaps) => [...'ZEUS'].map((char, i) => char + gaps[i]!).join(''))
    fc.assert(fc.property(noise, word, noise, (before, found, after) => {
      const out = masked({ blocked_words: [{ keyword: 'zeus', action: 'MASK' }] }, `${before}x${found}x${after}`)
      expect(out).toBe(`${before}x[KEYWORD_REDACTED]x${after}`)
    }), { numRuns: 300 })
  })

  it('the normal form maps every range back into the original', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 30 }), (text) => {
      const form = normalForm(text)
      expect(form.lower).toHaveLength(form.text.length)
      for (let i = 0; i < form.text.length; i += 1) {
        const [from, to] = form.original(i, i + 1)
        expect(from).toBeLessThan(to)
        expect(to).toBeLessThanOrEqual(text.length)
      }
    }), { numRuns: 300 })
  })
})

describe('config', () => {
  it.each<[string, unknown, string]>([
    ['look-ahead', { patterns: [{ pattern_type: 'regex', name: 'x', pattern: 'a(?=b)', action: 'BLOCK' }] }, 'patterns.0.pattern'],
    ['a back-reference', { patterns: [{ pattern_type: 'regex', name: 'x', pattern: '(a)\\1', action: 'BLOCK' }] }, 'patterns.0.pattern'],
    ['a pattern that matches nothing at all', { patterns: [{ pattern_type: 'regex', name: 'x', pattern: 'a*', action: 'MASK' }] }, 'patterns.0.pattern'],
    ['an unknown name', { patterns: [{ pattern_type: 'prebuilt', pattern_name: 'emial', action: 'BLOCK' }] }, 'patterns.0.pattern_name'],
    ['an unknown action', { blocked_words: [{ keyword: 'a', action: 'WARN' }] }, 'blocked_words.0.action'],
    ['an invisible keyword', { blocked_words: [{ keyword: '\u200b', action: 'MASK' }] }, 'blocked_words.0.keyword'],
    ['a format without the name', { pattern_redaction_format: 'x', blocked_words: [{ keyword: 'a', action: 'MASK' }] }, 'pattern_redaction_format'],
    ['no rule at all', {}, 'patterns'],
    ['categories', { categories: [], blocked_words: [{ keyword: 'a', action: 'MASK' }] }, 'categories'],
  ])('%s is refused with its path', (_name, config, path) => {
    const { issues } = v.safeParse(contentFilterConfig, config)
    expect(issues?.map((issue) => v.getDotPath(issue))).toContain(path)
  })

  it('the window covers the longest rule twice', () => {
    expect(filter({ patterns: [{ pattern_type: 'regex', name: 'x', pattern: 'a+', action: 'MASK', max_length: 500 }] }).windowChars).toBeGreaterThanOrEqual(1000)
  })
})

it('a hostile pattern and a long text take linear time', () => {
  const config: Input = { patterns: [{ pattern_type: 'regex', name: 'x', pattern: '(a+)+$', action: 'BLOCK' }] }
  const subject = filter(config)
  const time = (length: number): number => {
    const started = performance.now()
    void subject.check({ on: 'input', model: 'm', texts: [{ role: 'user', text: `${'a'.repeat(length)}!` }] }, new AbortController().signal)
    return performance.now() - started
  }
  time(1000)
  expect(time(64)).toBeLessThan(1000)
})
