import type { Guardrail, Verdict } from '@tianjillm/core'
import { compilePattern, type ContentFilterConfig } from './config.ts'
import { type NormalForm, normalForm } from './normal-form.ts'
import { prebuiltPatterns } from './prebuilt.ts'

/** Finds its matches in a normal form, in order. */
interface Rule {
  /** Said to the caller when it blocks; never the text. */
  readonly label: string
  readonly blocks: boolean
  readonly tag: string
  readonly maxLength: number
  find(text: NormalForm): Iterable<readonly [from: number, to: number]>
}

/** The filter. Rules are compiled here, once; a check is synchronous. */
export function createContentFilter(config: ContentFilterConfig): Guardrail {
  const rules = [...patternRules(config), ...keywordRules(config)]
  const blocking = rules.filter(({ blocks }) => blocks)
  const masking = rules.filter(({ blocks }) => !blocks)
  return {
    on: ['input', 'output'],
    streaming: 'window',
    // Twice, because invisible characters may stand between the visible ones.
    windowChars: 2 * Math.max(...rules.map(({ maxLength }) => maxLength)) + 16,
    check({ texts }): Verdict {
      const forms = texts.map(({ text }) => normalForm(text))
      for (const rule of blocking) {
        for (const form of forms) for (const _ of rule.find(form)) return { outcome: 'flag', reason: `Content blocked: ${rule.label} detected.`, category: rule.label }
      }
      const masked = texts.map(({ text }, i) => mask(text, forms[i]!, masking))
      if (masked.every((text, i) => text === texts[i]!.text)) return { outcome: 'pass' }
      return { outcome: 'rewrite', texts: masked, reason: 'Sensitive content was masked.' }
    },
  }
}

function patternRules(config: ContentFilterConfig): Rule[] {
  return config.patterns.map((entry): Rule => {
    const { name, pattern, maxLength } = entry.pattern_type === 'prebuilt' ? { name: entry.pattern_name, ...prebuiltPatterns[entry.pattern_name] } : { ...entry, maxLength: entry.max_length }
    const compiled = compilePattern(pattern)
    return {
      label: `${name} pattern`,
      blocks: entry.action === 'BLOCK',
      tag: config.pattern_redaction_format.replaceAll('{pattern_name}', () => name.toUpperCase()),
      maxLength,
      *find({ text }) {
        const matcher = compiled.matcher(text)
        while (matcher.find()) yield [matcher.start(), matcher.end()]
      },
    }
  })
}

function keywordRules(config: ContentFilterConfig): Rule[] {
  return config.blocked_words.map(({ keyword, action }): Rule => {
    const word = normalForm(keyword).lower
    return {
      label: 'keyword',
      blocks: action === 'BLOCK',
      tag: config.keyword_redaction_tag,
      maxLength: Math.max(keyword.length, word.length),
      *find({ lower }) {
        for (let at = lower.indexOf(word); at !== -1; at = lower.indexOf(word, at + word.length)) yield [at, at + word.length]
      },
    }
  })
}

/** Replaces matches; of those that overlap, the first takes the others' text with it. */
function mask(text: string, form: NormalForm, rules: readonly Rule[]): string {
  const spans = rules.flatMap(({ find, tag }) => Array.from(find(form), ([from, to]) => ({ span: form.original(from, to), tag })))
  if (spans.length === 0) return text
  spans.sort((a, b) => a.span[0] - b.span[0] || b.span[1] - a.span[1])
  let out = ''
  let at = 0
  for (const { span: [from, to], tag } of spans) {
    if (from >= at) out += text.slice(at, from) + tag
    at = Math.max(at, to)
  }
  return out + text.slice(at)
}
