import type { KnownModel, ModelFacts, Prices, Rates, TokenCount } from '@tianjillm/spend'
import { type Match, matches } from './match.ts'
import { namesOf } from './names.ts'
import { mapCards, nanoOf, pricesFrom } from './rates.ts'
import { type Override, overrides, type Row, type Table } from './table.ts'

/** Of a tokenizer that is not the vendor's own: others cut the same text into up to twice as many tokens. */
const FOREIGN: TokenCount = { encoding: 'o200k_base', margin: 2 }

interface Found {
  readonly table: Table
  readonly row: Row
  readonly name: string
}

/** What the tables know of a model, corrected. @param tables the vendor's own, then those it falls back to */
export function resolveModel(tables: readonly Table[], model: string): KnownModel | undefined {
  const names = namesOf(model)
  const found = find(tables, names)
  const own = tables[0]!.vendor
  const places = found === undefined || found.table.vendor === own ? [own] : [found.table.vendor, own]
  const name = found?.name ?? names[0]!
  const changes = overrides.entries.filter((entry) => entry.vendors.some((vendor) => places.includes(vendor)) && matches(entry.match, name))
  const prices = pricesOf(found, changes)
  if (!found && !prices) return undefined
  const facts = factsOf(found?.row, changes)
  return { ...(prices && { prices }), facts }
}

/** A better source in any table goes before a worse one in the vendor's own: see `sources`. */
function find(tables: readonly Table[], names: readonly string[]): Found | undefined {
  for (const name of names) {
    for (const source of [0, 1]) {
      for (const table of tables) {
        const row = table.models.find((candidate) => candidate.source === source && matches(candidate.match ?? ({ equals: candidate.id } satisfies Match), name))
        if (row) return { table, row, name }
      }
    }
  }
  return undefined
}

function pricesOf(found: Found | undefined, changes: readonly Override[]): Prices | undefined {
  const listed = found?.row.prices && pricesFrom(found.row.prices)
  const rates = changes.filter(({ rates, write1hOfInput }) => rates ?? write1hOfInput)
  if (!listed && !rates.some(({ rates }) => rates?.['input'] !== undefined)) return undefined
  const changed = rates.length === 0 ? listed! : mapCards(listed ?? { input: 0, output: 0 }, (card) => rates.reduce(correct, card))
  const listedIn = listed && found.table.sources[found.row.source]
  const version = [listedIn, ...(rates.length > 0 ? [`overrides@${overrides.version}`] : [])].filter((part) => part !== undefined).join('+')
  return { ...changed, version }
}

function correct(card: Rates, { rates = {}, write1hOfInput }: Override): Rates {
  const own = Object.fromEntries(Object.entries(rates).map(([name, usd]) => [name, nanoOf(name, usd)]))
  return { ...card, ...(write1hOfInput !== undefined && card.cacheWrite1h === undefined && { cacheWrite1h: card.input * write1hOfInput }), ...own }
}

function factsOf(row: Row | undefined, changes: readonly Override[]): ModelFacts {
  const last = <Fact>(of: (change: Override) => Fact | undefined): Fact | undefined => changes.map(of).findLast((fact) => fact !== undefined)
  const context = last((change) => change.context) ?? row?.context
  const output = last((change) => change.output) ?? row?.output
  return {
    ...(context !== undefined && { maxInputTokens: context }),
    ...(output !== undefined && { maxOutputTokens: output }),
    tokens: last((change) => change.tokens) ?? FOREIGN,
  }
}
