import { createFakeClock } from '@tianjillm/test-kit'
import { describe, expect, it } from 'vitest'
import { type CooldownPolicy, createRouter, createRoutingState, defaultCooldown, type ErrorClass, type RoutedDeployment } from '../index.ts'

const statuses: Readonly<Record<ErrorClass, number>> = { authentication: 401, timeout: 408, rate_limit: 429, content_policy: 400, internal_server: 500, bad_request: 400, context_window: 400, not_found: 404, no_deployment: 429 }

function stage(policy: Partial<CooldownPolicy> = {}, deployments: readonly Partial<RoutedDeployment>[] = [{}, {}]) {
  const clock = createFakeClock()
  const state = createRoutingState({ clock, cooldown: { ...defaultCooldown, ...policy } })
  const router = createRouter({ deployments: deployments.map((more, i): RoutedDeployment => ({ id: `d${i}`, modelName: 'm', model: 'up', ...more })), state })
  const fails = (failed: ErrorClass, times = 1, retryAfterMs?: number): string => {
    for (let i = 0; i < times; i += 1) {
      state.began('d0')
      state.ended('d0', { ok: false, error: { class: failed, status: statuses[failed], ...(retryAfterMs !== undefined && { retryAfterMs }) } })
    }
    return state.snapshot('d0').state
  }
  const succeeds = (times = 1): string => {
    for (let i = 0; i < times; i += 1) {
      state.began('d0')
      state.ended('d0', { ok: true })
    }
    return state.snapshot('d0').state
  }
  return { clock, state, router, fails, succeeds }
}

describe('what makes a deployment rest, by default', () => {
  it.each<ErrorClass>(['rate_limit', 'authentication', 'not_found'])('one %s', (failed) => {
    expect(stage().fails(failed)).toBe('open')
  })

  it.each<ErrorClass>(['timeout', 'internal_server'])('%s: more than half of at least five calls in a minute', (failed) => {
    const { fails, succeeds } = stage()
    expect(succeeds(3)).toBe('closed')
    expect(fails(failed, 3)).toBe('closed')
    expect(fails(failed)).toBe('open')
    expect(stage().fails(failed, 4)).toBe('closed')
    expect(stage().fails(failed, 5)).toBe('open')
  })

  it('failures of a minute ago count no more', () => {
    const { fails, clock } = stage()
    expect(fails('timeout', 4)).toBe('closed')
    clock.advance(61_000)
    expect(fails('timeout', 4)).toBe('closed')
  })

  it.each<ErrorClass>(['bad_request', 'content_policy', 'context_window'])('never %s, which is the caller\'s fault', (failed) => {
    expect(stage().fails(failed, 100)).toBe('closed')
  })

  it('PR #40718: never that there was no deployment to ask', () => {
    const { router, state, fails } = stage({ allowedFails: 0 }, [{}])
    expect(fails('rate_limit')).toBe('open')
    for (let i = 0; i < 50; i += 1) expect(router.choose(router.group('m')!, { stream: false }).candidate).toBeUndefined()
    expect(state.snapshot('d0')).toMatchObject({ errorRate: 1, rpmUsed: 1 })
    expect(stage().fails('no_deployment', 100)).toBe('closed')
  })

  it('alone in its group it goes on, so that callers read what the upstream says', () => {
    expect(stage({}, [{}]).fails('rate_limit', 20)).toBe('closed')
    expect(stage({}, [{}]).fails('internal_server', 999)).toBe('closed')
    expect(stage({}, [{}]).fails('internal_server', 1000)).toBe('open')
    expect(stage({}, [{}]).fails('rate_limit', 1, 2000)).toBe('closed')
    expect(stage({}, [{}]).fails('authentication')).toBe('closed')
  })

  it('one model that is not there says nothing of the others behind a pattern', () => {
    expect(stage({}, [{ modelName: 'm', model: '*' }, {}]).fails('not_found', 50)).toBe('closed')
  })
})

describe('for how long', () => {
  const restsFor = (policy: Partial<CooldownPolicy>, retryAfterMs?: number, more: Partial<RoutedDeployment> = {}): number => {
    const { fails, state, clock } = stage(policy, [more, {}])
    fails('rate_limit', 1, retryAfterMs)
    return state.snapshot('d0').until! - clock.now()
  }

  it('the cooldown time, the deployment\'s own, or what the upstream says, whichever is longer, within bounds', () => {
    expect([restsFor({}), restsFor({ cooldownMs: 700 }), restsFor({}, undefined, { cooldownMs: 9000 })]).toEqual([5000, 700, 9000])
    expect([restsFor({}, 30_000), restsFor({}, 10), restsFor({ maxCooldownMs: 60_000 }, 86_400_000)]).toEqual([30_000, 5000, 60_000])
  })

  it('a deployment whose own time is 0 never rests', () => {
    expect(stage({}, [{ cooldownMs: 0 }, {}]).fails('rate_limit', 10, 5000)).toBe('closed')
  })

  it('a longer word that comes late counts, a shorter one does not', () => {
    const { fails, state, clock } = stage()
    fails('rate_limit', 1, 20_000)
    const until = (): number => state.snapshot('d0').until! - clock.now()
    fails('rate_limit', 1, 10_000)
    fails('rate_limit')
    fails('internal_server', 10)
    expect(until()).toBe(20_000)
    fails('rate_limit', 1, 40_000)
    expect(until()).toBe(40_000)
  })
})

describe('policies', () => {
  it('allowed_fails: so many in a minute are put up with, whatever they are', () => {
    const { fails, clock } = stage({ allowedFails: 2 })
    expect(fails('rate_limit', 1)).toBe('closed')
    expect(fails('authentication', 1)).toBe('closed')
    expect(fails('internal_server', 1)).toBe('open')
    clock.advance(5000)
    expect(stage({ allowedFails: 0 }).fails('timeout')).toBe('open')
  })

  it('a rest ends the count', () => {
    const { fails, succeeds, clock } = stage({ allowedFails: 2 })
    expect(fails('timeout', 3)).toBe('open')
    clock.advance(5000)
    expect(succeeds()).toBe('closed')
    expect(fails('timeout', 2)).toBe('closed')
    expect(fails('timeout')).toBe('open')
  })

  it('allowed_fails_policy: for a class of errors, also one that is the caller\'s fault', () => {
    const policy = { allowedFailsPolicy: { bad_request: 2, rate_limit: 1 } }
    expect(stage(policy).fails('bad_request', 2)).toBe('closed')
    expect(stage(policy).fails('bad_request', 3)).toBe('open')
    expect(stage(policy).fails('rate_limit')).toBe('closed')
    expect(stage(policy).fails('rate_limit', 2)).toBe('open')
    expect(stage(policy).fails('authentication')).toBe('open')
  })

  it('disable_cooldowns: nothing rests, what rests already comes back, and failures are counted all the same', () => {
    const off = stage({ enabled: false })
    expect(off.fails('rate_limit', 5, 9000)).toBe('closed')
    expect(off.state.snapshot('d0').errorRate).toBe(1)
    const { fails, state } = stage()
    fails('rate_limit')
    state.configure({ ...defaultCooldown, enabled: false })
    expect(state.snapshot('d0').state).toBe('closed')
  })
})

describe('what is known of a deployment', () => {
  it('outlives routers, and is forgotten with the deployment, unless it is in use', () => {
    const { state, fails, succeeds } = stage()
    succeeds()
    fails('timeout')
    expect(state.snapshot('d0')).toEqual({ state: 'closed', errorRate: 0.5, inFlight: 0, rpmUsed: 2, tpmUsed: 0 })
    createRouter({ deployments: [], state })
    state.began('d1')
    state.retain(new Set())
    expect(state.snapshot('d0').rpmUsed).toBe(0)
    expect(state.snapshot('d1').inFlight).toBe(1)
  })

  it('a minute ends with the clock\'s minute', () => {
    const { state, succeeds, clock } = stage()
    succeeds(3)
    clock.advance(59_999)
    expect(state.snapshot('d0').rpmUsed).toBe(3)
    clock.advance(1)
    expect(state.snapshot('d0').rpmUsed).toBe(0)
    clock.jump(-120_000)
    succeeds()
    expect(state.snapshot('d0').rpmUsed).toBe(1)
  })
})
