import { systemClock } from '@tianjillm/core'
import { type Ask, costBasedPlugin, createRouter, createRoutingState, defaultCooldown, latencyBasedPlugin, leastBusyPlugin, type RoutedDeployment, simpleShufflePlugin, usageBasedPlugin } from '@tianjillm/router'

/** Microseconds for a choice, its beginning and its end. */
export interface Measured {
  readonly what: string
  readonly p50: number
  readonly p99: number
}

const args = { ttl: 3600, lowest_latency_buffer: 0.1 }
const host = { clock: systemClock } as never
const strategies = {
  'simple-shuffle': simpleShufflePlugin.create({}, host),
  'least-busy': leastBusyPlugin.create({}, host),
  'latency-based-routing': latencyBasedPlugin.create(args, host),
  'cost-based-routing': costBasedPlugin.create({}, host),
  'usage-based-routing': usageBasedPlugin.create({}, host),
}

/** Calls to a group that has everything a deployment may have, under each strategy, and what single features cost beside. */
export async function measure(deployments: number, calls: number): Promise<readonly Measured[]> {
  const measured: Measured[] = []
  for (const [name, strategy] of Object.entries(strategies)) measured.push(run(name, { deployments, calls, strategy: { name, strategy: await strategy } }))
  measured.push(run('simple-shuffle, a session', { deployments, calls, ask: { session: 'c0ffee' } }))
  measured.push(run('simple-shuffle, tags', { deployments, calls, tagFiltering: { enabled: true, matchAny: true }, ask: { tags: ['t3'] } }))
  measured.push(run('simple-shuffle, every other deployment rests', { deployments, calls, resting: 2 }))
  measured.push(run('simple-shuffle, one deployment', { deployments: 1, calls }))
  return measured
}

interface Run extends Partial<Pick<Parameters<typeof createRouter>[0], 'strategy' | 'tagFiltering'>> {
  readonly deployments: number
  readonly calls: number
  readonly ask?: Partial<Ask>
  /** Each so-manieth deployment rests. */
  readonly resting?: number
}

/** Calls in a batch: what one takes is too short for the clock. */
const BATCH = 20

function run(what: string, { deployments: count, calls, ask, resting, ...options }: Run): Measured {
  const deployments = Array.from({ length: count }, (_, i): RoutedDeployment => ({
    id: `d${i}`, modelName: 'm', model: 'up', weight: 1 + (i % 5), rpm: 1e9 + i, tpm: 1e12, maxParallel: 1e6, order: 1, tags: [`t${i % 10}`], inputCost: i % 7, outputCost: 3, contextWindow: 1e6, region: 'eu-west-1',
  }))
  const state = createRoutingState({ clock: systemClock, cooldown: { ...defaultCooldown, maxCooldownMs: 1e9 } })
  const router = createRouter({ deployments, state, preCallChecks: true, ...options })
  const group = router.group('m')!
  if (resting !== undefined) for (let i = 0; i < count; i += resting) state.ended(`d${i}`, { ok: false, error: { class: 'rate_limit', status: 429, retryAfterMs: 1e9 } })
  const asked: Ask = { stream: false, needs: ['vision'], inputTokens: () => 1000, ...ask }
  const times: number[] = []
  for (let at = 0; at < calls; at += BATCH) {
    const started = performance.now()
    for (let i = 0; i < BATCH; i += 1) {
      const { id } = router.choose(group, asked).candidate!.deployment
      state.began(id)
      state.ended(id, { ok: true, latencyMs: 100 + (i % 17), firstByteMs: 20, inputTokens: 1000, outputTokens: 100 })
    }
    // The first fifth warms up.
    if (at >= calls / 5) times.push(((performance.now() - started) * 1000) / BATCH)
  }
  times.sort((a, b) => a - b)
  return { what, p50: times[Math.floor(times.length / 2)]!, p99: times[Math.floor(times.length * 0.99)]! }
}
