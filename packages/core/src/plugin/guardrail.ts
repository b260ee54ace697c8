import type { PluginBase } from './base.ts'

/** A guardrail reports; policy decides what a report means. */
export type GuardrailPlugin<Config = unknown> = PluginBase<'guardrail', Guardrail, Config>

export interface Guardrail {
  /** What it can look at. */
  readonly on: readonly ('input' | 'output')[]
  /**
   * On a streamed answer. `window`: sees overlapping pieces, `windowChars` long, before they go
   * out. `whole`: the answer is held back until it is complete. `none`: not asked.
   */
  readonly streaming: 'whole' | 'window' | 'none'
  /** With `window`: the longest text, in characters, in which a finding must be seen at once. */
  readonly windowChars?: number
  /** Judges. A throw means "could not tell"; it is never a pass. Must not change `subject`. */
  check(subject: GuardrailSubject, signal: AbortSignal): Verdict | Promise<Verdict>
  close?(): void | Promise<void>
}

/** What is judged: every text of a request or an answer, in order. */
export interface GuardrailSubject {
  readonly on: 'input' | 'output'
  /** The model that the caller named. */
  readonly model: string
  readonly texts: readonly SubjectText[]
}

export interface SubjectText {
  readonly role: 'system' | 'user' | 'assistant' | 'tool'
  readonly text: string
}

export type Verdict =
  | { readonly outcome: 'pass' }
  /** `reason` may be shown to the caller; it must not repeat the text. */
  | { readonly outcome: 'flag'; readonly reason: string; readonly category?: string }
  /** `texts` replaces the subject's, same length and order. */
  | { readonly outcome: 'rewrite'; readonly texts: readonly string[]; readonly reason: string }
