/** What a Claude model takes and refuses. */
export interface ModelTraits {
  /** Largest `max_tokens`; what is sent when the caller names none. */
  readonly maxOutput: number
  /** `output_config.format` and `strict` tools. */
  readonly structured: boolean
  /** `budget`: `thinking.budget_tokens`. `adaptive`: also `{type: "adaptive"}`. `adaptive-only`: a budget is refused. */
  readonly thinking: 'none' | 'budget' | 'adaptive' | 'adaptive-only'
  /** How thinking is turned off: by leaving it out, by a `thinking.type`, or not at all. */
  readonly off: 'absent' | 'disabled' | 'between_tools' | 'never'
  /** Values of `output_config.effort`. */
  readonly efforts: readonly string[]
  /** `free`, `one` of temperature and top_p, or `fixed`: only the defaults. */
  readonly sampling: 'free' | 'one' | 'fixed'
  /** Whether `tool_choice` may force a tool. */
  readonly forcedTools: boolean
}

const basic = ['low', 'medium', 'high'] as const
const upToMax = [...basic, 'max'] as const
const all = [...basic, 'xhigh', 'max'] as const

const early: ModelTraits = { maxOutput: 4096, structured: false, thinking: 'none', off: 'absent', efforts: [], sampling: 'free', forcedTools: true }
const budget = (maxOutput: number, more: Partial<ModelTraits> = {}): ModelTraits => ({ ...early, maxOutput, thinking: 'budget', ...more })
const fourFive: Partial<ModelTraits> = { structured: true, sampling: 'one' }
const fourSeven: ModelTraits = { maxOutput: 128_000, structured: true, thinking: 'adaptive-only', off: 'absent', efforts: all, sampling: 'fixed', forcedTools: true }
const five: ModelTraits = { ...fourSeven, off: 'disabled' }

/**
 * By family, the first that fits. Sources: https://platform.claude.com/docs/en/about-claude/models/overview
 * and the pages on thinking, effort, structured outputs and migration of each model.
 */
const families: readonly (readonly [RegExp, ModelTraits])[] = [
  [/(?:opus-5-[5-9]|fable-5-[1-9])(?!\d)/, { ...five, off: 'never', forcedTools: false }],
  [/sonnet-5-[5-9](?!\d)/, { ...five, off: 'between_tools', forcedTools: false }],
  [/(?:fable|mythos)-/, { ...five, off: 'never' }],
  [/(?:opus|sonnet|haiku)-[5-9](?!\d)/, five],
  [/opus-4-[7-9](?!\d)/, fourSeven],
  [/(?:opus|sonnet)-4-6(?!\d)/, { ...fourSeven, thinking: 'adaptive', efforts: upToMax, sampling: 'one' }],
  [/opus-4-5(?!\d)/, budget(64_000, { ...fourFive, efforts: basic })],
  [/(?:sonnet|haiku)-4-5(?!\d)/, budget(64_000, fourFive)],
  [/opus-4-1(?!\d)/, budget(32_000, fourFive)],
  [/sonnet-4(?!\d)/, budget(64_000)],
  [/opus-4(?!\d)/, budget(32_000)],
  [/3-7-sonnet/, budget(64_000)],
  [/3-5-(?:sonnet|haiku)/, { ...early, maxOutput: 8192 }],
  [/claude-(?:3|2|v2|instant)/, early],
]

/** Other models behind a Messages API, and Claude models of unknown generations: nothing is held back. */
const unknown: ModelTraits = budget(4096)

/** What the model named `model` takes. Dates, cloud prefixes and dots for dashes make no difference. */
export function traitsOf(model: string): ModelTraits {
  const name = model.toLowerCase().replaceAll('.', '-')
  return families.find(([pattern]) => pattern.test(name))?.[1] ?? unknown
}
