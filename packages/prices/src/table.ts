import type { TokenCount } from '@tianjillm/spend'
import type { Match } from './match.ts'
import overridesFile from './overrides.json' with { type: 'json' }
import vendorsFile from './vendors.json' with { type: 'json' }

/** A price in USD: per million tokens, per 1,000 requests. With tiers, one that depends on the input's length. */
export type Rate = number | { readonly base: number; readonly tiers: readonly { readonly start: number; readonly price: number }[] }

export interface PriceRow {
  /** A date (UTC). */
  readonly from?: string
  /** Times of day. */
  readonly daily?: readonly [start: string, end: string]
  readonly rates: Readonly<Record<string, Rate>>
}

export interface Row {
  readonly id: string
  /** Absent: the id alone. */
  readonly match?: Match
  /** Place in the table's `sources`; 0 goes before 1. */
  readonly source: number
  readonly context?: number
  readonly output?: number
  readonly prices?: readonly PriceRow[]
}

/** What is known of one vendor's models: written by `pnpm write-prices`. */
export interface Table {
  readonly vendor: string
  readonly sources: readonly string[]
  readonly models: readonly Row[]
}

/** A correction of ours, laid over what the tables say. Later ones win. */
export interface Override {
  readonly vendors: readonly string[]
  readonly match: Match
  readonly rates?: Readonly<Record<string, number>>
  /** 1-hour cache writes cost this many times the input. */
  readonly write1hOfInput?: number
  readonly context?: number
  readonly output?: number
  readonly tokens?: TokenCount
  /** The vendor's page that it was written from. */
  readonly source: string
  readonly why: string
}

export interface Vendor {
  readonly name: string
  /** LiteLLM's names of the provider. */
  readonly providers: readonly string[]
  /** Vendors whose models are sold here at their own price, unless the table says otherwise. */
  readonly fallback?: readonly string[]
}

export const vendors: readonly Vendor[] = vendorsFile
export const overrides = overridesFile as unknown as { readonly version: string; readonly entries: readonly Override[] }

type Load = () => Promise<{ readonly default: unknown }>

/** One module for each vendor, so that only the tables of configured providers are read. */
const tables: Readonly<Record<string, Load>> = {
  openai: () => import('./data/openai.json', { with: { type: 'json' } }),
  anthropic: () => import('./data/anthropic.json', { with: { type: 'json' } }),
  google: () => import('./data/google.json', { with: { type: 'json' } }),
  aws: () => import('./data/aws.json', { with: { type: 'json' } }),
  azure: () => import('./data/azure.json', { with: { type: 'json' } }),
  alibaba: () => import('./data/alibaba.json', { with: { type: 'json' } }),
  baseten: () => import('./data/baseten.json', { with: { type: 'json' } }),
  cerebras: () => import('./data/cerebras.json', { with: { type: 'json' } }),
  cohere: () => import('./data/cohere.json', { with: { type: 'json' } }),
  deepseek: () => import('./data/deepseek.json', { with: { type: 'json' } }),
  fireworks: () => import('./data/fireworks.json', { with: { type: 'json' } }),
  groq: () => import('./data/groq.json', { with: { type: 'json' } }),
  inception: () => import('./data/inception.json', { with: { type: 'json' } }),
  minimax: () => import('./data/minimax.json', { with: { type: 'json' } }),
  mistral: () => import('./data/mistral.json', { with: { type: 'json' } }),
  moonshot: () => import('./data/moonshot.json', { with: { type: 'json' } }),
  morph: () => import('./data/morph.json', { with: { type: 'json' } }),
  novita: () => import('./data/novita.json', { with: { type: 'json' } }),
  openrouter: () => import('./data/openrouter.json', { with: { type: 'json' } }),
  ovhcloud: () => import('./data/ovhcloud.json', { with: { type: 'json' } }),
  perplexity: () => import('./data/perplexity.json', { with: { type: 'json' } }),
  together: () => import('./data/together.json', { with: { type: 'json' } }),
  v0: () => import('./data/v0.json', { with: { type: 'json' } }),
  vercel: () => import('./data/vercel.json', { with: { type: 'json' } }),
  voyage: () => import('./data/voyage.json', { with: { type: 'json' } }),
  wandb: () => import('./data/wandb.json', { with: { type: 'json' } }),
  xai: () => import('./data/xai.json', { with: { type: 'json' } }),
  zai: () => import('./data/zai.json', { with: { type: 'json' } }),
}

export async function loadTable(vendor: string): Promise<Table> {
  return (await tables[vendor]!()).default as Table
}
