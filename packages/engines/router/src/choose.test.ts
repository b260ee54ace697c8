import { createFakeClock, seeded } from '@tianjillm/test-kit'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Ask, type Choice, createRouter, createRoutingState, defaultCooldown, type Outcome, type RoutedDeployment, type RouterOptions, type RoutingState, type SkipReason } from './index.ts'
import { leastBusy } from './strategies/least-busy.ts'
import { lowestCost } from './strategies/lowest-cost.ts'
import { lowestLatency } from './strategies/lowest-latency.ts'
import { lowestUsage } from './strategies/lowest-usage.ts'
import { simpleShuffle } from './strategies/shuffle.ts'

const deployment = (id: string, more: Partial<RoutedDeployment> = {}): RoutedDeployment => ({ id, modelName: 'm', model: `up-${id}`, ...more })

function routerOf(deployments: readonly RoutedDeployment[], options: Partial<RouterOptions<RoutedDeployment>> = {}) {
  const clock = createFakeClock()
  const router = createRouter({ deployments, random: seeded(1), state: createRoutingState({ clock, cooldown: defaultCooldown }), ...options })
  const choose = (ask: Partial<Ask> = {}) => router.choose(router.group('m')!, { stream: false, ...ask })
  const chosen = (ask: Partial<Ask> = {}): string[] => [...new Set(Array.from({ length: 40 }, () => choose(ask).candidate?.deployment.id ?? 'none'))].sort()
  return { clock, router, choose, chosen }
}

const outcomes = {
  ok: (latencyMs: number): Outcome => ({ ok: true, latencyMs, outputTokens: 1 }),
  fails: (): Outcome => ({ ok: false, error: { class: 'authentication', status: 401 } }),
  limited: (): Outcome => ({ ok: false, error: { class: 'rate_limit', status: 429 } }),
}

/** What is wrong with a choice: nothing, if the router is right. */
function broken({ candidate, skipped, reason }: Choice<RoutedDeployment>, ask: Ask, deployments: readonly RoutedDeployment[], state: RoutingState): string[] {
  const left = skipped.map(({ id }) => id)
  const rules: Record<string, boolean> = { 'told once each': new Set(left).size === left.length }
  if (!candidate) {
    rules['none, though one is open'] = left.length === deployments.length
    rules['a reason of one of them'] = skipped.some((skip) => skip.reason === reason)
  } else {
    const { id, order = 1, capabilities, contextWindow, rpm, maxParallel, region } = candidate.deployment
    const { state: circuit, rpmUsed, inFlight } = state.snapshot(id)
    rules['skipped'] = !left.includes(id)
    rules['tried or closed'] = !ask.tried!.has(id) && !ask.closed!.has(id)
    rules['resting'] = circuit !== 'open'
    rules['region'] = ask.region === undefined || region?.startsWith(ask.region) === true
    rules['needs'] = ask.needs?.every((need) => capabilities?.has(need) ?? true) ?? true
    rules['context window'] = ask.inputTokens!() <= (contextWindow ?? Number.POSITIVE_INFINITY)
    rules['requests'] = rpmUsed < (rpm ?? Number.POSITIVE_INFINITY)
    rules['calls at once'] = inFlight < (maxParallel ?? Number.POSITIVE_INFINITY)
    rules['tier'] = deployments.every((other) => left.includes(other.id) || (other.order ?? 1) === order)
  }
  return Object.keys(rules).filter((rule) => !rules[rule])
}

const strategies = { 'simple-shuffle': simpleShuffle, 'least-busy': leastBusy, latency: lowestLatency({ ttlMs: 1000, buffer: 0.1 }), cost: lowestCost, usage: lowestUsage }

describe.each(Object.entries(strategies))('with %s', (name, strategy) => {
  it('whoever is chosen was open, and somebody is while one is open', () => {
    const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(value, { nil: undefined })
    const amount = maybe(fc.integer({ min: 0, max: 5 }))
    const one = fc.record({
      order: maybe(fc.integer({ min: 1, max: 3 })), weight: amount, rpm: amount, tpm: amount, maxParallel: maybe(fc.integer({ min: 1, max: 3 })), inputCost: amount,
      region: maybe(fc.constantFrom('eu-west-1', 'us-east-1')), tags: maybe(fc.subarray(['a', 'b', 'default'])), capabilities: maybe(fc.subarray(['vision', 'tools']).map((all) => new Set(all))),
      contextWindow: maybe(fc.integer({ min: 1, max: 10 })),
    })
    const step = fc.record({
      tried: fc.subarray([0, 1, 2, 3, 4]), closed: fc.subarray([0, 1, 2, 3, 4]), region: maybe(fc.constantFrom('eu', 'us')), tags: maybe(fc.subarray(['a', 'b', 'c'])),
      needs: maybe(fc.subarray(['vision', 'tools'])), input: fc.integer({ min: 0, max: 12 }), session: maybe(fc.string()), stream: fc.boolean(),
      ends: fc.constantFrom('ok', 'fails', 'limited', 'never' as const), wait: fc.integer({ min: 0, max: 40_000 }),
    })
    fc.assert(fc.property(fc.array(one, { minLength: 1, maxLength: 5 }), fc.array(step, { maxLength: 25 }), fc.integer(), fc.boolean(), (parts, steps, seed, matchAny) => {
      const deployments = parts.map((part, i) => deployment(String(i), Object.fromEntries(Object.entries(part).filter(([, value]) => value !== undefined))))
      const { router, clock, choose } = routerOf(deployments, { random: seeded(seed), strategy: { name, strategy }, preCallChecks: true, tagFiltering: { enabled: true, matchAny } })
      for (const { tried, closed, region, tags, needs, input, session, stream, ends, wait } of steps) {
        const ask = { stream, tried: new Set(tried.map(String)), closed: new Set(closed.map(String)), inputTokens: () => input, ...(region && { region }), ...(tags && { tags }), ...(needs && { needs }), ...(session && { session }) }
        const choice = choose(ask)
        expect(broken(choice, ask, deployments, router.state)).toEqual([])
        const id = choice.candidate?.deployment.id
        if (id !== undefined) router.state.began(id)
        if (id !== undefined && ends !== 'never') router.state.ended(id, outcomes[ends](wait))
        clock.advance(wait)
      }
    }), { numRuns: 300 })
  })
})

describe('choices', () => {
  it('tiers: the lowest order that is open', () => {
    const { choose, chosen } = routerOf([deployment('a', { order: 2 }), deployment('b'), deployment('c', { order: 1 }), deployment('d', { order: 3 })])
    expect(chosen()).toEqual(['b', 'c'])
    expect(choose().skipped).toEqual([{ id: 'a', reason: 'order' }, { id: 'd', reason: 'order' }])
    expect(chosen({ tried: new Set(['b', 'c']) })).toEqual(['a'])
  })

  it('context windows and capabilities: what is not known passes', () => {
    const { chosen, choose } = routerOf([deployment('small', { contextWindow: 100, capabilities: new Set(['tools']) }), deployment('large', { contextWindow: 1000, capabilities: new Set(['vision']) }), deployment('unknown')], { preCallChecks: true })
    expect(chosen({ inputTokens: () => 100 })).toEqual(['large', 'small', 'unknown'])
    expect(chosen({ inputTokens: () => 101 })).toEqual(['large', 'unknown'])
    expect(chosen({ needs: ['vision'] })).toEqual(['large', 'unknown'])
    expect(choose({ needs: ['vision'], inputTokens: () => 5000, tried: new Set(['unknown']) })).toMatchObject({ reason: 'context_window', candidate: undefined })
  })

  it('asks for the length of a request only where somebody has a limit for it, once', () => {
    let asked = 0
    const inputTokens = (): number => { asked += 1; return 1 }
    routerOf([deployment('a'), deployment('b')], { preCallChecks: true }).choose({ inputTokens })
    routerOf([deployment('a', { contextWindow: 5 })]).choose({ inputTokens })
    expect(asked).toBe(0)
    routerOf([deployment('a', { contextWindow: 5 }), deployment('b', { contextWindow: 5, tpm: 7 })], { preCallChecks: true }).choose({ inputTokens })
    expect(asked).toBe(1)
  })

  it('limits of deployments hold only with pre-call checks, but that on calls at once, which always does', () => {
    const limited = [deployment('a', { rpm: 1 }), deployment('b', { maxParallel: 1 })]
    for (const preCallChecks of [true, false]) {
      const { router, chosen } = routerOf(limited, { preCallChecks })
      router.state.began('a')
      router.state.began('b')
      expect(chosen()).toEqual([preCallChecks ? 'none' : 'a'])
      router.state.ended('b', { ok: true })
      expect(chosen()).toEqual(preCallChecks ? ['b'] : ['a', 'b'])
    }
  })

  it('regions by their beginning', () => {
    const { chosen } = routerOf([deployment('a', { region: 'EU-west-1' }), deployment('b', { region: 'us-east-1' }), deployment('c')])
    expect(chosen({ region: 'eu' })).toEqual(['a'])
  })

  it('tells what the nearest was left out for, and when to come again', () => {
    const { router, choose, clock } = routerOf([deployment('a'), deployment('b'), deployment('c', { region: 'eu' })])
    const reason = (ask: Partial<Ask>): SkipReason | undefined => choose(ask).reason
    expect(reason({ closed: new Set(['a', 'b', 'c']) })).toBe('closed')
    expect(reason({ closed: new Set(['a', 'b']), tried: new Set(['c']) })).toBe('tried')
    expect(reason({ region: 'us' })).toBe('region')
    for (const [id, retryAfterMs] of [['a', 30_000], ['b', 20_000], ['c', 60_000]] as const) {
      router.state.began(id)
      router.state.ended(id, { ok: false, error: { class: 'rate_limit', status: 429, retryAfterMs } })
    }
    clock.advance(500)
    expect(choose()).toMatchObject({ candidate: undefined, strategy: 'none', reason: 'cooldown', retryAfterMs: 19_500 })
  })

  it('a strategy that throws or answers nonsense costs no call', () => {
    const errors: unknown[] = []
    for (const answer of [() => -1, () => 7, () => Number.NaN, () => { throw new Error('no idea') }]) {
      const { chosen } = routerOf([deployment('a'), deployment('b')], { strategy: { name: 'bad', strategy: { pick: answer } }, onStrategyError: (error) => errors.push(error) })
      expect(chosen()).toEqual(['a', 'b'])
    }
    expect(errors).toHaveLength(160)
    expect(String(errors[0])).toContain('bad')
  })
})

describe('tags', () => {
  const paid = deployment('paid', { tags: ['paid', 'eu'] })
  const free = deployment('free', { tags: ['free'] })
  const fallback = deployment('default', { tags: ['default', 'eu'] })
  const untagged = deployment('untagged')
  const all = [paid, free, fallback, untagged]
  const on = (matchAny = true) => ({ tagFiltering: { enabled: true, matchAny } })

  it.each<[string, readonly RoutedDeployment[], boolean, readonly string[] | undefined, string[]]>([
    ['one in common is enough', all, true, ['paid', 'x'], ['paid']],
    ['or all must be', all, false, ['paid', 'x'], ['default']],
    ['all, which it has', all, false, ['eu', 'paid'], ['paid']],
    ['several serve', all, true, ['paid', 'free'], ['free', 'paid']],
    ['nobody has it: the default', all, true, ['x'], ['default']],
    ['nobody has it, and there is no default: nobody', [paid, free, untagged], true, ['x'], ['none']],
    ['without tags: the default', all, true, undefined, ['default']],
    ['without tags or default: everybody', [paid, free, untagged], true, [], ['free', 'paid', 'untagged']],
    ['a group without tags takes no part', [untagged, deployment('other')], true, ['paid'], ['other', 'untagged']],
    ['! leaves out', [paid, free, untagged], true, ['!paid'], ['free', 'untagged']],
    ['! leaves out defaults too', all, true, ['!eu'], ['none']],
    ['& requires', all, true, ['&eu'], ['default', 'paid']],
    ['& and a tag', all, true, ['&eu', 'free'], ['default']],
  ])('%s', (_, deployments, matchAny, tags, expected) => {
    expect(routerOf(deployments, on(matchAny)).chosen({ ...(tags && { tags }) })).toEqual(expected)
  })

  it('a request does not wander to other tags while its own deployment rests', () => {
    const { router, choose } = routerOf(all, on())
    router.state.began('paid')
    router.state.ended('paid', { ok: false, error: { class: 'rate_limit', status: 429, retryAfterMs: 9000 } })
    expect(choose({ tags: ['paid'] })).toMatchObject({ candidate: undefined, reason: 'cooldown', retryAfterMs: 9000 })
  })

  it('mean nothing while they are off', () => {
    expect(routerOf(all).chosen({ tags: ['paid'] })).toEqual(['default', 'free', 'paid', 'untagged'])
  })
})

describe('sessions', () => {
  const five = ['a', 'b', 'c', 'd', 'e'].map((id) => deployment(id))

  it('stay where they are, in every replica, and after a restart', () => {
    const [one, two] = [routerOf(five), routerOf(five.toReversed(), { random: seeded(99) })]
    for (let i = 0; i < 200; i += 1) {
      const session = `session-${i}`
      const { candidate, strategy } = one.choose({ session })
      expect(strategy).toBe('session')
      expect(two.choose({ session }).candidate!.deployment.id).toBe(candidate!.deployment.id)
    }
  })

  it('move only when their own deployment rests, and come back', () => {
    const { choose, router, clock } = routerOf(five)
    const place = (i: number): string => choose({ session: `s${i}` }).candidate!.deployment.id
    const before = Array.from({ length: 500 }, (_, i) => place(i))
    router.state.began('c')
    router.state.ended('c', { ok: false, error: { class: 'rate_limit', status: 429, retryAfterMs: 9000 } })
    const during = before.map((_, i) => place(i))
    for (const [i, id] of before.entries()) expect(during[i] === id).toBe(id !== 'c')
    expect(new Set(during.filter((_, i) => before[i] === 'c')).size).toBe(4)
    clock.advance(9000)
    expect(before.map((_, i) => place(i))).toEqual(before)
  })

  it('are spread by weight', () => {
    const { choose } = routerOf([deployment('a', { weight: 1 }), deployment('b', { weight: 3 }), deployment('c', { weight: 0 })])
    const ids = Array.from({ length: 4000 }, (_, i) => choose({ session: crypto.randomUUID() + i }).candidate!.deployment.id)
    const share = (id: string): number => ids.filter((one) => one === id).length / ids.length
    expect([share('a'), share('b'), share('c')]).toEqual([expect.closeTo(0.25, 1), expect.closeTo(0.75, 1), 0])
  })
})

describe('a deployment by itself', () => {
  it('is asked by its id, also while it rests, and under the limits of its group', () => {
    const clock = createFakeClock()
    const state = createRoutingState({ clock, cooldown: defaultCooldown })
    const router = createRouter({ deployments: [deployment('a'), deployment('b', { teamId: 'team' }), deployment('c', { modelName: 'm-*', model: '*' }), deployment('d')], state })
    for (let i = 0; i < 10; i += 1) {
      state.began('a')
      state.ended('a', { ok: false, latencyMs: 1, error: { class: 'rate_limit', status: 429 } })
    }
    const group = router.single('a')!
    expect(group.name).toBe('m')
    expect(router.choose(router.group('m')!, { stream: false }).skipped).toEqual([{ id: 'a', reason: 'cooldown' }])
    expect(router.choose(group, { stream: false }).candidate?.deployment.id).toBe('a')
    expect(router.choose(group, { stream: false, tried: new Set(['a']) }).reason).toBe('tried')
    expect([router.single('b'), router.single('b', 'team')?.name, router.single('c'), router.single('nobody')]).toEqual([undefined, 'm', undefined, undefined])
  })
})

describe('models of a team', () => {
  const router = createRouter({ deployments: [deployment('open'), deployment('own', { teamId: 't1' }), deployment('extra', { modelName: 'secret-*', model: '*', teamId: 't1' })], aliases: { best: 'm', quiet: 'm' }, hiddenAliases: new Set(['quiet']) })
  const ids = (name: string, teamId?: string): string[] | undefined => router.group(name, teamId)?.candidates.map(({ deployment: { id } }) => id)

  it('are the team\'s alone, and come before those of all', () => {
    expect([ids('m'), ids('m', 't1'), ids('m', 't2')]).toEqual([['open'], ['own'], ['open']])
    expect([ids('secret-x'), ids('secret-x', 't1'), ids('secret-x', 't2')]).toEqual([undefined, ['extra'], undefined])
    expect(ids('best', 't1')).toEqual(['open'])
  })

  it('are listed for the team; hidden aliases work and are listed for nobody', () => {
    expect(router.names()).toEqual(['m', 'best'])
    expect(router.names('t1')).toEqual(['m', 'best', 'secret-*'])
    expect(router.names('t2')).toEqual(['m', 'best'])
    expect(ids('quiet')).toEqual(['open'])
  })
})
