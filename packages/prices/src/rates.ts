import type { Period, Prices, RateCard, Rates, Tier } from '@tianjillm/spend'
import type { PriceRow, Rate } from './table.ts'

/** Nano-USD for what one USD per million tokens, or per 1,000 requests, comes to for one. */
const PER_TOKEN = 1000
const PER_REQUEST = 1_000_000

/** Prices of a row, in nano-USD per token. */
export function pricesFrom(rows: readonly PriceRow[]): Prices {
  const [first, ...later] = rows
  const periods = later.map((row): Period => ({
    ...cardOf(row.rates),
    ...(row.from !== undefined && { from: Date.parse(`${row.from}T00:00:00Z`) }),
    ...(row.daily && { daily: { start: timeOf(row.daily[0]), end: timeOf(row.daily[1]) } }),
  }))
  return { ...cardOf(first!.rates), ...(periods.length > 0 && { periods }) }
}

/** Writes every rate card of a price list anew. */
export function mapCards(prices: Prices, change: (rates: Rates) => Rates): Prices {
  const card = <Card extends RateCard>(given: Card): Card => ({
    ...given,
    ...change(given),
    ...(given.tiers && { tiers: given.tiers.map((tier): Tier => ({ ...tier, rates: change(tier.rates) })) }),
  })
  return { ...card(prices), ...(prices.periods && { periods: prices.periods.map(card) }) }
}

/** USD as a table writes it, in nano-USD per unit. */
export function nanoOf(name: string, usd: number): number {
  return Math.round(usd * (name === 'perRequest' ? PER_REQUEST : PER_TOKEN) * 1e6) / 1e6
}

function cardOf(rates: Readonly<Record<string, Rate>>): RateCard {
  const at = (above: number): Rates => ({
    input: 0, output: 0,
    ...Object.fromEntries(Object.entries(rates).map(([name, rate]) => [name, nanoOf(name, priceAt(rate, above))])),
  })
  const starts = [...new Set(Object.values(rates).flatMap((rate) => (typeof rate === 'number' ? [] : rate.tiers.map(({ start }) => start))))].sort((a, b) => a - b)
  const base = at(-1)
  return starts.length === 0 ? base : { ...base, tiers: starts.map((above) => ({ above, rates: at(above) })) }
}

function priceAt(rate: Rate, above: number): number {
  return typeof rate === 'number' ? rate : (rate.tiers.findLast(({ start }) => start <= above)?.price ?? rate.base)
}

/** `01:30:00Z` in milliseconds since midnight. */
function timeOf(text: string): number {
  const [hours, minutes, seconds] = text.replace('Z', '').split(':').map(Number)
  return ((hours! * 60 + minutes!) * 60 + seconds!) * 1000
}
