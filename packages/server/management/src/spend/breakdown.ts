import type { NamedKind, RecordName } from '@tianjillm/auth'
import { addUsage, noUsageSum, toUsd, type UsageDimension, type UsageRow, type UsageSum } from '@tianjillm/spend'
import type { DailyActivity, KeySpend, SpendMetrics, SpendPart } from './daily-answer.ts'
import { hashOf, namesOf } from './named.ts'
import type { SpendOptions } from './options.ts'

/** LiteLLM's names of what a day is split by. */
const parts = [['models', 'model'], ['model_groups', 'modelGroup'], ['providers', 'provider'], ['endpoints', 'operation']] as const

/** What {@link breakdownOf} needs of a day. The sum of a day is that of its keys, and so for each part. */
export function breakdownSplits(entity: UsageDimension): readonly (readonly UsageDimension[])[] {
  return [...parts.map(([, dimension]) => dimension), entity].map((dimension) => ['day', dimension, 'key'])
}

/** The days of these splits, newest first. */
export async function breakdownOf(options: SpendOptions, splits: readonly (readonly UsageRow[])[], entity: UsageDimension, named: NamedKind | undefined): Promise<readonly DailyActivity[]> {
  const entities = splits.at(-1)!
  const [keys, names] = await Promise.all([namesOf(options, 'key', entities), named ? namesOf(options, named, entities) : new Map<string, RecordName>()])
  const byDay = splits.map((rows) => Map.groupBy(rows, ({ day }) => day!))
  const days = [...byDay.at(-1)!.keys()].toSorted().toReversed()
  const noMetadata = () => ({})
  return days.map((date) => {
    const ofDay = byDay.map((rows) => rows.get(date) ?? [])
    const all = ofDay.at(-1)!
    const counted = sumOf(ofDay[0]!)
    return {
      date,
      metrics: metricsOf(counted),
      breakdown: {
        ...(Object.fromEntries(parts.map(([name, dimension], i) => [name, part(ofDay[i]!, (row) => labelOf(dimension, row), keys, noMetadata)])) as Record<(typeof parts)[number][0], SpendPart>),
        mcp_servers: {},
        api_keys: Object.fromEntries([...Map.groupBy(ofDay[0]!, ({ key }) => key!)].filter(([key]) => key !== '').map(([key, rows]) => [hashOf(keys, key), { metrics: metricsOf(sumOf(rows)), metadata: keyMetadata(keys.get(key)) }])),
        entities: part(all, (row) => row[entity]!, keys, (id) => (named ? { [named === 'user' ? 'user_email' : `${named}_alias`]: names.get(id)?.name ?? null } : {})),
      },
    }
  })
}

/** LiteLLM's totals of what is on the page. */
export function metadataOf(results: readonly DailyActivity[]) {
  const total = (name: keyof SpendMetrics): number => results.reduce((sum, { metrics }) => sum + metrics[name], 0)
  return {
    // USD of days are rounded already: added up as nano-USD, so that no cent is lost to fractions.
    total_spend: toUsd(results.reduce((sum, { metrics }) => sum + Math.round(metrics.spend * 1_000_000_000), 0)),
    total_prompt_tokens: total('prompt_tokens'), total_completion_tokens: total('completion_tokens'), total_tokens: total('total_tokens'), total_api_requests: total('api_requests'),
    total_successful_requests: total('successful_requests'), total_failed_requests: total('failed_requests'), total_cache_read_input_tokens: total('cache_read_input_tokens'), total_cache_creation_input_tokens: total('cache_creation_input_tokens'),
  }
}

/** One side of a day: each value with its keys. Calls that have no value there are left out, as LiteLLM leaves them out. */
function part(rows: readonly UsageRow[], valueOf: (row: UsageRow) => string, keys: ReadonlyMap<string, RecordName>, metadata: (value: string) => Record<string, unknown>): SpendPart {
  return Object.fromEntries([...Map.groupBy(rows, valueOf)].filter(([value]) => value !== '').map(([value, ofValue]) => [value, {
    metrics: metricsOf(sumOf(ofValue)),
    metadata: metadata(value),
    api_key_breakdown: Object.fromEntries(ofValue.filter(({ key }) => key !== '').map((row) => [hashOf(keys, row.key!), { metrics: metricsOf(row), metadata: keyMetadata(keys.get(row.key!)) }])),
  }]))
}

/** LiteLLM's addresses of our operations. */
const endpoints: Readonly<Record<string, string>> = { chat: '/chat/completions' }

function labelOf(dimension: UsageDimension, row: UsageRow): string {
  const value = row[dimension]!
  if (dimension === 'operation') return endpoints[value] ?? `/${value}`
  return dimension === 'provider' && value === '' ? 'unknown' : value
}

function keyMetadata(name: RecordName | undefined): KeySpend['metadata'] {
  return { key_alias: name?.name ?? null, team_id: name?.teamId ?? null, key_exists: name?.exists ?? false }
}

function sumOf(rows: readonly UsageRow[]): UsageSum {
  return rows.reduce<UsageSum>(addUsage, noUsageSum)
}

function metricsOf(sum: UsageSum): SpendMetrics {
  return {
    spend: toUsd(sum.costNanoUsd),
    prompt_tokens: sum.promptTokens,
    completion_tokens: sum.completionTokens,
    cache_read_input_tokens: sum.cacheReadTokens,
    cache_creation_input_tokens: sum.cacheWriteTokens,
    total_tokens: sum.promptTokens + sum.completionTokens,
    successful_requests: sum.requests - sum.failures,
    failed_requests: sum.failures,
    api_requests: sum.requests,
  }
}
