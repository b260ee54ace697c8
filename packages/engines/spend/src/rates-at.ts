import type { Prices, RateCard, Rates } from './prices.ts'

const DAY_MS = 86_400_000

/** The rates that hold for a call. @param inputTokens all tokens sent @param at epoch milliseconds */
export function ratesAt(prices: Prices, inputTokens: number, at: number): Rates {
  const card = cardAt(prices, at)
  const { tiers } = card
  if (tiers === undefined) return card
  for (let i = tiers.length - 1; i >= 0; i -= 1) if (inputTokens > tiers[i]!.above) return tiers[i]!.rates
  return card
}

function cardAt(prices: Prices, at: number): RateCard {
  const { periods } = prices
  if (periods === undefined) return prices
  for (let i = periods.length - 1; i >= 0; i -= 1) {
    const { from, daily } = periods[i]!
    if ((from === undefined || at >= from) && (daily === undefined || within(daily, at % DAY_MS))) return periods[i]!
  }
  return prices
}

function within({ start, end }: { readonly start: number; readonly end: number }, time: number): boolean {
  return start <= end ? time >= start && time < end : time >= start || time < end
}

/** The most that one token, one call and one second can cost, whatever the time and the class. */
export interface Dearest {
  readonly input: number
  readonly output: number
  readonly perRequest: number
  readonly perSecond: number
}

/** @param inputTokens tokens that are sent at most; tiers above that do not count */
export function dearestOf(prices: Prices, inputTokens = Number.POSITIVE_INFINITY): Dearest {
  const cards: readonly RateCard[] = [prices, ...(prices.periods ?? [])]
  const all = cards.flatMap((card) => [card, ...(card.tiers ?? []).filter(({ above }) => inputTokens > above).map(({ rates }) => rates)])
  const most = (of: (rates: Rates) => readonly (number | undefined)[]): number => Math.max(0, ...all.flatMap((rates) => of(rates).filter((rate) => rate !== undefined)))
  return {
    input: most((rates) => [rates.input, rates.cacheRead, rates.cacheWrite5m, rates.cacheWrite1h, rates.inputAudio, rates.inputImage]),
    output: most((rates) => [rates.output, rates.reasoning, rates.outputAudio, rates.outputImage]),
    perRequest: most(({ perRequest }) => [perRequest]),
    perSecond: most(({ perSecond }) => [perSecond]),
  }
}
