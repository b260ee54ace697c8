import type { Strategy, StrategyPlugin } from '@tianjillm/core'
import * as v from 'valibot'
import manifest from '../../package.json' with { type: 'json' }
import { leastBusy } from './least-busy.ts'
import { lowestCost } from './lowest-cost.ts'
import { lowestLatency } from './lowest-latency.ts'
import { lowestUsage } from './lowest-usage.ts'
import { simpleShuffle } from './shuffle.ts'

const seconds = v.pipe(v.number(), v.gtValue(0))
/** LiteLLM's `routing_strategy_args` are one object for all strategies, so what another one reads is no mistake. */
const others = { max_latency_list_size: v.optional(v.pipe(v.number(), v.metadata({ description: 'LiteLLM\'s length of its list of latencies. Here an average weighs about the last ten; the value has no effect.' }))) }
const noArgs = v.strictObject({ ttl: v.optional(v.pipe(seconds, v.metadata({ description: 'Of LiteLLM\'s counters. Here a minute is a minute; the value has no effect.' }))), ...others })
const latencyArgs = v.strictObject({
  ttl: v.optional(v.pipe(seconds, v.metadata({ description: 'Seconds after which a measurement is forgotten.' })), 3600),
  lowest_latency_buffer: v.optional(v.pipe(v.number(), v.minValue(0), v.metadata({ description: 'Deployments that are slower than the fastest by this share at most take calls too: 0.5 is half as slow again.' })), 0),
  ...others,
})

export type NoArgs = v.InferOutput<typeof noArgs>
export type LatencyArgs = v.InferOutput<typeof latencyArgs>

const plain = (name: string, strategy: Strategy, aliases: readonly string[] = []): StrategyPlugin<NoArgs> =>
  Object.freeze({ apiVersion: 1, kind: 'strategy', name, aliases, version: manifest.version, config: noArgs, create: () => strategy })

/** Shares by weight, requests a minute or tokens a minute. */
export const simpleShufflePlugin = plain('simple-shuffle', simpleShuffle)
/** Fewest calls under way. */
export const leastBusyPlugin = plain('least-busy', leastBusy)
/** Cheapest tokens. */
export const costBasedPlugin = plain('cost-based-routing', lowestCost)
/** Most room under the requests and tokens a minute. */
export const usageBasedPlugin = plain('usage-based-routing-v2', lowestUsage, ['usage-based-routing'])
/** Fastest. Source of the arguments: LiteLLM's `routing_strategy_args`. */
export const latencyBasedPlugin: StrategyPlugin<LatencyArgs> = Object.freeze({
  apiVersion: 1, kind: 'strategy', name: 'latency-based-routing', version: manifest.version, config: latencyArgs,
  create: ({ ttl, lowest_latency_buffer: buffer }: LatencyArgs) => lowestLatency({ ttlMs: ttl * 1000, buffer }),
})
