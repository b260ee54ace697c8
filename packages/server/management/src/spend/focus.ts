import type { RecordName } from '@tianjillm/auth'
import type { UsageRow } from '@tianjillm/spend'
import { harmless } from './csv.ts'
import { shifted } from './range.ts'

/** The names that a charge shows. */
export interface FocusNames {
  readonly keys: ReadonlyMap<string, RecordName>
  readonly teams: ReadonlyMap<string, RecordName>
  readonly organizations: ReadonlyMap<string, RecordName>
}

type Cell = (row: UsageRow, names: FocusNames) => string | null

const text = (value: string | null | undefined): string | null => (value ? harmless(value) : null)
const cost: Cell = ({ costNanoUsd }) => decimalUsd(costNanoUsd)
const tokens: Cell = ({ promptTokens, completionTokens }) => String(promptTokens + completionTokens)
const provider: Cell = (row) => text(row.provider) ?? 'none'

/**
 * FOCUS 1.2's columns, and what a day's usage of one key on one model says in them. What was paid is what the
 * prices say: no invoice, no commitment and no discount is known, so billed, effective, list and contracted cost are one.
 * Source: https://focus.finops.org/focus-specification/v1-2/
 */
export const focusColumns: readonly (readonly [name: string, cell: Cell])[] = [
  ['BilledCost', cost],
  ['BillingAccountId', ({ organization }) => text(organization) ?? 'default'],
  ['BillingAccountName', ({ organization }, { organizations }) => text(organizations.get(organization!)?.name)],
  ['BillingAccountType', () => 'Organization'],
  ['BillingCurrency', () => 'USD'],
  ['BillingPeriodEnd', ({ day }) => monthOf(day!, 1)],
  ['BillingPeriodStart', ({ day }) => monthOf(day!, 0)],
  ['ChargeCategory', () => 'Usage'],
  ['ChargeClass', () => null],
  ['ChargeDescription', (row) => harmless(`${row.requests} requests (${row.operation}) to ${row.modelGroup || 'no model'}`)],
  ['ChargeFrequency', () => 'Usage-Based'],
  ['ChargePeriodEnd', ({ day }) => `${shifted(day!, 1)}T00:00:00Z`],
  ['ChargePeriodStart', ({ day }) => `${day}T00:00:00Z`],
  ['ConsumedQuantity', tokens],
  ['ConsumedUnit', () => 'Tokens'],
  ['ContractedCost', cost],
  ['EffectiveCost', cost],
  ['InvoiceIssuerName', provider],
  ['ListCost', cost],
  ['PricingCategory', () => 'Standard'],
  ['PricingQuantity', tokens],
  ['PricingUnit', () => 'Tokens'],
  ['ProviderName', provider],
  ['PublisherName', provider],
  ['ResourceId', ({ key }, { keys }) => text(keys.get(key!)?.hash ?? key)],
  ['ResourceName', ({ key }, { keys }) => text(keys.get(key!)?.name)],
  ['ResourceType', ({ key }) => (key ? 'API key' : null)],
  ['ServiceCategory', () => 'AI and Machine Learning'],
  ['ServiceName', () => 'LLM inference'],
  ['ServiceSubcategory', () => 'Generative AI'],
  ['SkuId', ({ modelGroup }) => text(modelGroup)],
  ['SubAccountId', ({ team }) => text(team)],
  ['SubAccountName', ({ team }, { teams }) => text(teams.get(team!)?.name)],
  ['SubAccountType', ({ team }) => (team ? 'Team' : null)],
  ['Tags', tagsOf],
]

/** What FOCUS has no column for. JSON begins with a brace, which no spreadsheet runs. */
function tagsOf(row: UsageRow): string {
  const { user, model, operation, requests, failures, promptTokens, completionTokens, cacheReadTokens, cacheWriteTokens } = row
  const shown = { ...(user && { user_id: user }), ...(model && { model }), call_type: operation, requests, failures, prompt_tokens: promptTokens, completion_tokens: completionTokens, cache_read_tokens: cacheReadTokens, cache_write_tokens: cacheWriteTokens }
  return JSON.stringify(Object.fromEntries(Object.entries(shown).map(([name, value]) => [`tianjillm:${name}`, String(value)])))
}

/** Nano-USD as an exact decimal number of USD. */
export function decimalUsd(nano: number): string {
  const digits = String(nano).padStart(10, '0')
  const fraction = digits.slice(-9).replace(/0+$/, '')
  return `${digits.slice(0, -9)}${fraction === '' ? '' : `.${fraction}`}`
}

/** The first moment of a day's month, or of one of the months after it. */
function monthOf(day: string, later: number): string {
  return new Date(Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1 + later, 1)).toISOString().replace('.000', '')
}
