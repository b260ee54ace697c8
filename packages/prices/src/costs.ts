import { hash } from 'node:crypto'
import { type KnownModel, type ModelFacts, NANO, nanoPerToken, type Prices, type Rates, type Tier } from '@tianjillm/spend'

/** LiteLLM's keys for prices by token, in USD. Source: https://docs.litellm.ai/docs/proxy/model_cost_map */
const perToken: Readonly<Record<string, keyof Rates>> = {
  input_cost_per_token: 'input',
  output_cost_per_token: 'output',
  cache_read_input_token_cost: 'cacheRead',
  cache_creation_input_token_cost: 'cacheWrite5m',
  cache_creation_input_token_cost_above_1hr: 'cacheWrite1h',
  input_cost_per_audio_token: 'inputAudio',
  input_cost_per_image_token: 'inputImage',
  output_cost_per_reasoning_token: 'reasoning',
  output_cost_per_audio_token: 'outputAudio',
  output_cost_per_image_token: 'outputImage',
}

/** In LiteLLM's order: the first that is set counts, and only where nothing is priced by token. */
const perSecond = ['cost_per_second', 'input_cost_per_second', 'output_cost_per_second'] as const
const perRequest = 'input_cost_per_request'

/** Every key that sets a price. Those by token also with `_above_200k_tokens` behind them, and any other number. */
export const costKeys: readonly string[] = [...Object.keys(perToken), ...perSecond, perRequest]

const above = /^(.+)_above_([1-9]\d{0,6})k_tokens$/

/** Keys of LiteLLM's that price what is not counted here: batches, service tiers, images, characters, seconds of audio, searches. */
const inert = /_(?:batches|priority|flex)$|_cost_per_(?:image|character|pixel|query|video|audio|page|session|gb|credit)|^(?:search_context|code_interpreter|file_search|computer_use|vector_store|ocr|annotation|citation)_cost|^tiered_pricing$|_cost_per_(?:request|token)_/

/** A key that cannot be used, or has no effect. */
export interface CostProblem {
  readonly key: string
  /** `unknown`: a misspelt price, most likely. */
  readonly severity: 'error' | 'unknown' | 'warning'
  readonly message: string
}

/** Prices as a configuration sets them. */
export interface Costs {
  /** Lays them over what is known of the model: prices by token, call or second stand alone, others complete what is known. */
  over(known: KnownModel | undefined): KnownModel | undefined
}

/** Whether a key is about a price. */
export function isCostKey(key: string): boolean {
  return costKeys.includes(key) || (above.exec(key)?.[1] ?? '') in perToken || inert.test(key)
}

/**
 * Reads LiteLLM's cost keys (USD), and `max_tokens`, `max_input_tokens` and `max_output_tokens`. Other keys are
 * left alone unless they speak of a cost: those are told.
 */
export function readCosts(written: Readonly<Record<string, unknown>>): { readonly costs: Costs; readonly problems: readonly CostProblem[] } {
  const problems: CostProblem[] = []
  const base: Partial<Record<keyof Rates, number>> = {}
  const byTier = new Map<number, Partial<Record<keyof Rates, number>>>()
  const seconds: Partial<Record<string, number>> = {}
  for (const [key, value] of Object.entries(written)) {
    if (value === undefined || value === null) continue
    const tiered = above.exec(key)
    const name = perToken[key] ?? (tiered ? perToken[tiered[1]!] : undefined)
    const counted = name !== undefined || key === perRequest || (perSecond as readonly string[]).includes(key)
    if (!counted) {
      if (inert.test(key)) problems.push({ key, severity: 'warning', message: 'is a price of LiteLLM\'s that has no effect in this version.' })
      else if (/cost_per_|token_cost/i.test(key)) problems.push({ key, severity: 'unknown', message: 'is not a price that is known here.' })
      continue
    }
    if (typeof value !== 'number' || !Number.isFinite(value)) problems.push({ key, severity: 'error', message: `must be a number of USD, found ${kindOf(value)}.` })
    else if (value < 0) problems.push({ key, severity: 'error', message: 'must not be negative.' })
    else if (name === undefined && key === perRequest) base.perRequest = nanoOf(value)
    else if (name === undefined) seconds[key] = nanoOf(value)
    else if (tiered && perToken[key] === undefined) byTier.set(Number(tiered[2]) * 1000, { ...byTier.get(Number(tiered[2]) * 1000), [name]: nanoPerToken(value) })
    else base[name] = nanoPerToken(value)
  }
  const second = perSecond.map((key) => seconds[key]).find((value) => value !== undefined)
  if (second !== undefined && base.input === undefined && base.output === undefined) base.perSecond = second
  const facts = readFacts(written, problems)
  return { costs: { over: (known) => layOver(known, base, byTier, facts) }, problems }
}

function layOver(known: KnownModel | undefined, base: Partial<Rates>, byTier: ReadonlyMap<number, Partial<Rates>>, facts: ModelFacts): KnownModel | undefined {
  const prices = pricesOver(known?.prices, base, byTier)
  const all = { ...known?.facts, ...facts }
  if (!prices && Object.keys(all).length === 0) return undefined
  return { ...(prices && { prices }), facts: all }
}

function pricesOver(known: Prices | undefined, base: Partial<Rates>, byTier: ReadonlyMap<number, Partial<Rates>>): Prices | undefined {
  if (Object.keys(base).length === 0 && byTier.size === 0) return known
  const alone = base.input !== undefined || base.output !== undefined || base.perRequest !== undefined || base.perSecond !== undefined
  // A class alone prices no call: without a list to complete, nothing is known.
  if (!alone && !known) return undefined
  const { tiers: knownTiers = [], periods, version, ...knownRates } = alone ? ({ input: 0, output: 0 } as Prices) : known!
  const rates: Rates = { ...knownRates, ...base }
  const starts = [...new Set([...knownTiers.map((tier) => tier.above), ...byTier.keys()])].sort((a, b) => a - b)
  const tiers: Tier[] = []
  for (const start of starts) {
    const before = tiers.at(-1)?.rates ?? rates
    const listed = knownTiers.find((tier) => tier.above === start)?.rates
    tiers.push({ above: start, rates: { ...before, ...listed, ...base, ...pick(before, byTier), ...byTier.get(start) } })
  }
  const made: Prices = { ...rates, ...(tiers.length > 0 && { tiers }), ...(periods && { periods: periods.map((period) => ({ ...period, ...base })) }) }
  const own = `config:${hash('sha256', JSON.stringify([base, [...byTier]])).slice(0, 12)}`
  return { ...made, version: version === undefined ? own : `${version}+${own}` }
}

/** What a lower tier of the configuration set stays set above it. */
function pick(before: Rates, byTier: ReadonlyMap<number, Partial<Rates>>): Partial<Rates> {
  const names = new Set([...byTier.values()].flatMap((rates) => Object.keys(rates)))
  return Object.fromEntries(Object.entries(before).filter(([name]) => names.has(name)))
}

function readFacts(written: Readonly<Record<string, unknown>>, problems: CostProblem[]): ModelFacts {
  const whole = (key: string): number | undefined => {
    const value = written[key]
    if (value === undefined || value === null) return undefined
    if (typeof value === 'number' && Number.isSafeInteger(value) && value > 0) return value
    problems.push({ key, severity: 'error', message: `must be a whole number of tokens, found ${kindOf(value)}.` })
    return undefined
  }
  const [maxInputTokens, maxOutputTokens, older] = [whole('max_input_tokens'), whole('max_output_tokens'), whole('max_tokens')]
  // LiteLLM's older key means the answer.
  const output = maxOutputTokens ?? older
  return { ...(maxInputTokens !== undefined && { maxInputTokens }), ...(output !== undefined && { maxOutputTokens: output }) }
}

function nanoOf(usd: number): number {
  return Math.round(usd * NANO * 1e6) / 1e6
}

/** The kind of a value, never the value: a reference may have put a secret there. */
function kindOf(value: unknown): string {
  return typeof value === 'number' ? (Number.isInteger(value) ? 'another number' : 'a fraction') : typeof value === 'object' ? 'an object' : `a ${typeof value}`
}
