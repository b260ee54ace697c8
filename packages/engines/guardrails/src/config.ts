import { RE2JS } from 're2js'
import * as v from 'valibot'
import { normalForm } from './normal-form.ts'
import { prebuiltPatterns } from './prebuilt.ts'

const action = v.picklist(['BLOCK', 'MASK'])
const names = Object.keys(prebuiltPatterns) as (keyof typeof prebuiltPatterns)[]

/** Compiles for matching without regard to case. @throws RE2JSException for what cannot run in linear time */
export function compilePattern(pattern: string): RE2JS {
  return RE2JS.compile(pattern, RE2JS.CASE_INSENSITIVE)
}

function runs(pattern: string): boolean {
  try {
    return !compilePattern(pattern).matcher('').find()
  } catch {
    return false
  }
}

const prebuilt = v.strictObject({
  pattern_type: v.literal('prebuilt'),
  pattern_name: v.picklist(names, `Unknown pattern. The names are ${names.join(', ')}`),
  action,
})
const own = v.strictObject({
  pattern_type: v.literal('regex'),
  name: v.pipe(v.string(), v.regex(/^\w{1,100}$/, 'Write letters, digits and _')),
  pattern: v.pipe(v.string(), v.maxLength(5000), v.check(runs, 'Not a regular expression in RE2 syntax, or one that matches an empty text. Look-around and back-references are not offered, because they do not run in linear time')),
  action,
  max_length: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10_000)), 256),
})
const blockedWord = v.strictObject({
  keyword: v.pipe(v.string(), v.check((text) => normalForm(text).text.trim() !== '', 'Write at least one visible character')),
  action,
  description: v.optional(v.string()),
})

/** What an operator may write: the documented keys of LiteLLM's content filter, and `max_length` of ours. */
export const contentFilterConfig = v.pipe(
  v.strictObject({
    patterns: v.optional(v.pipe(v.array(v.variant('pattern_type', [prebuilt, own])), v.metadata({ description: '`prebuilt` by `pattern_name`, or `regex` with `name`, `pattern` and `max_length` (characters of its longest match, for streams).' })), []),
    blocked_words: v.optional(v.pipe(v.array(blockedWord), v.metadata({ description: '`keyword`, `action` (`BLOCK` or `MASK`) and, for your own notes, `description`.' })), []),
    pattern_redaction_format: v.optional(v.pipe(v.string(), v.includes('{pattern_name}', 'Must contain {pattern_name}'), v.metadata({ description: 'What stands for a masked pattern.' })), '[{pattern_name}_REDACTED]'),
    keyword_redaction_tag: v.optional(v.pipe(v.string(), v.metadata({ description: 'What stands for a masked keyword.' })), '[KEYWORD_REDACTED]'),
  }),
  v.forward(v.check(({ patterns, blocked_words }) => patterns.length + blocked_words.length > 0, 'Write at least one entry in patterns or blocked_words'), ['patterns']),
)

export type ContentFilterConfig = v.InferOutput<typeof contentFilterConfig>
