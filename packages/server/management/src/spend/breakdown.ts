import type { NamedKind } from '@tianjillm/auth'
import { toUsd, type UsageColumn, type UsageDimension, type UsageSheet, type UsageSheetQuery } from '@tianjillm/spend'
import { Labels } from './columns.ts'
import { type JsonBytes, piece } from './json-bytes.ts'
import { writeMetrics } from './metrics.ts'
import { Names } from './names.ts'
import type { SpendOptions } from './options.ts'
import { TwoWays } from './two-ways.ts'

/** LiteLLM's addresses of our operations. */
const endpoints: Readonly<Record<string, string>> = { chat: '/chat/completions' }
const same = (value: string): string => value

/** A side of a day that each call is on once: what LiteLLM calls it, and how it calls those who are there. */
interface Side {
  readonly name: string
  readonly labelOf: (value: string) => string
  readonly metadataOf: (label: string) => object
}

const sides = [
  { name: 'models', dimension: 'model', labelOf: same }, { name: 'model_groups', dimension: 'modelGroup', labelOf: same }, { name: 'providers', dimension: 'provider', labelOf: (provider: string) => provider || 'unknown' },
  { name: 'endpoints', dimension: 'operation', labelOf: (operation: string) => endpoints[operation] ?? `/${operation}` },
] as const

/** The columns that {@link Breakdown} is made of. */
export function breakdownDimensions(entity: Exclude<UsageDimension, 'day'>): UsageSheetQuery['dimensions'] {
  return ['key', ...sides.map(({ dimension }) => dimension), entity]
}

const keySide = piece(',"mcp_servers":{},"api_keys":{')
const end = piece('}')
const ends = piece('}}')

/** Writes days as LiteLLM has them, each split by model, provider, key and so on. */
export class Breakdown {
  readonly #json: JsonBytes
  readonly #split = new TwoWays()
  readonly #keys: Keys
  readonly #sides: readonly SideWriter[]
  readonly #entityNames: Names | undefined
  readonly #totals: number[] = []

  /** @param named what those are whose activity it is, where they have names */
  constructor(options: SpendOptions, json: JsonBytes, named: NamedKind | undefined) {
    this.#json = json
    this.#keys = new Keys(options)
    const names = named && new Names(options, named)
    this.#entityNames = names
    const entities = { name: 'entities', labelOf: same, metadataOf: (id: string) => (named ? { [named === 'user' ? 'user_email' : `${named}_alias`]: names!.get(id)?.name ?? null } : {}) }
    this.#sides = [...sides.map((side) => ({ ...side, metadataOf: () => ({}) })), entities].map((side) => new SideWriter(side))
  }

  /** Writes a day of {@link breakdownDimensions} and of the sums of metrics. */
  async write({ day, rows, dimensions: [ofKeys, ...values], sums }: UsageSheet): Promise<void> {
    await Promise.all([this.#keys.learn(ofKeys!), this.#entityNames?.learn(values.at(-1)!.texts)])
    const keys = ofKeys!.rows
    const columns = this.#sides.map((side, i) => side.values.column(values[i]!))
    const json = this.#json
    json.put(piece(`{"date":"${day}","metrics":`))
    writeMetrics(json, this.#counted(sums), 0)
    json.put(piece(',"breakdown":{'))
    const last = this.#sides.length - 1
    for (let i = 0; i < last; i += 1) {
      if (i > 0) json.comma()
      this.#sides[i]!.write(json, this.#split, columns[i]!, keys, this.#keys, sums)
    }
    json.put(keySide)
    let following = false
    // The sum of a day is that of its keys.
    this.#split.split(keys, new Int32Array(rows), sums, ({ first, totals }) => {
      following = this.#keys.write(json, first, totals, 0, following)
    })
    json.put(piece('},'))
    this.#sides[last]!.write(json, this.#split, columns[last]!, keys, this.#keys, sums)
    json.put(ends)
  }

  /** LiteLLM's totals of all days that were written. */
  totals() {
    const [spend = 0, prompt = 0, completion = 0, cacheRead = 0, cacheWritten = 0, requests = 0, failures = 0] = this.#totals
    return {
      total_spend: toUsd(spend), total_prompt_tokens: prompt, total_completion_tokens: completion, total_tokens: prompt + completion, total_api_requests: requests,
      total_successful_requests: requests - failures, total_failed_requests: failures, total_cache_read_input_tokens: cacheRead, total_cache_creation_input_tokens: cacheWritten,
    }
  }

  /** The sums of a day, as columns of one row. */
  #counted(sums: UsageSheet['sums']): readonly (readonly number[])[] {
    return sums.map((column, i) => {
      const total = column.reduce((sum, value) => sum + value, 0)
      this.#totals[i] = (this.#totals[i] ?? 0) + total
      return [total]
    })
  }
}

/** Writes one side of days. What is told of a value beside its sums is made once. */
class SideWriter {
  readonly values: Labels
  readonly #side: Side
  readonly #opening: Uint8Array
  readonly #texts: (readonly [opening: Uint8Array, keys: Uint8Array])[] = []

  constructor(side: Side) {
    this.values = new Labels(side.labelOf)
    this.#side = side
    this.#opening = piece(`"${side.name}":{`)
  }

  /** Writes each value with its keys. Calls that have no value there are left out, as LiteLLM leaves them out. */
  write(json: JsonBytes, split: TwoWays, values: Int32Array, keyColumn: Int32Array, keys: Keys, sums: UsageSheet['sums']): void {
    let following = false
    json.put(this.#opening)
    split.split(values, keyColumn, sums, ({ first, count, second, sums: ofKeys, totals }) => {
      const label = this.values.labels[first]!
      if (label === '') return
      if (following) json.comma()
      following = true
      const [opening, keysOpening] = (this.#texts[first] ??= [piece(`${JSON.stringify(label)}:{"metrics":`), piece(`,"metadata":${JSON.stringify(this.#side.metadataOf(label))},"api_key_breakdown":{`)])
      json.put(opening)
      writeMetrics(json, totals, 0)
      json.put(keysOpening)
      let keyFollows = false
      for (let i = 0; i < count; i += 1) keyFollows = keys.write(json, second[i]!, ofKeys, i, keyFollows)
      json.put(ends)
    })
    json.put(end)
  }
}

/** The keys of an answer, under their hashes. */
class Keys {
  #ids: readonly string[] = []
  readonly #names: Names
  readonly #texts: (readonly [opening: Uint8Array, metadata: Uint8Array])[] = []

  constructor(options: SpendOptions) {
    this.#names = new Names(options, 'key')
  }

  /** Learns what keys there are and what they are called. */
  async learn({ texts }: UsageColumn): Promise<void> {
    this.#ids = texts
    await this.#names.learn(texts)
  }

  /** Writes a key with its sums, if there is one. Answers whether the next one follows another. */
  write(json: JsonBytes, key: number, sums: readonly ArrayLike<number>[], row: number, following: boolean): boolean {
    const id = this.#ids[key]!
    if (id === '') return following
    if (following) json.comma()
    const [opening, metadata] = (this.#texts[key] ??= this.#textsOf(id))
    json.put(opening)
    writeMetrics(json, sums, row)
    json.put(metadata)
    return true
  }

  #textsOf(id: string): readonly [Uint8Array, Uint8Array] {
    const name = this.#names.get(id)
    const metadata = { key_alias: name?.name ?? null, team_id: name?.teamId ?? null, key_exists: name?.exists ?? false }
    return [piece(`${JSON.stringify(name?.hash ?? id)}:{"metrics":`), piece(`,"metadata":${JSON.stringify(metadata)}}`)]
  }
}
