import { createFakeClock } from '@tianjillm/test-kit'
import { expect, it } from 'vitest'
import { createRouter, createRoutingState, defaultCooldown, type RoutedDeployment, type SharedState } from '../index.ts'

/** Two replicas that hear each other at once. */
function twins() {
  const clock = createFakeClock()
  const locals: SharedState[] = []
  const replica = (me: number) => {
    const state = createRoutingState({
      clock, cooldown: defaultCooldown,
      share: { start: (local) => { locals[me] = local }, cooled: (id, ms) => locals.forEach((local, i) => { if (i !== me) local.rest(id, ms) }) },
    })
    const deployments: RoutedDeployment[] = [{ id: 'a', modelName: 'm', model: 'x', rpm: 10 }, { id: 'b', modelName: 'm', model: 'y' }]
    return { state, router: createRouter({ deployments, state, preCallChecks: true }) }
  }
  return { clock, locals, one: replica(0), two: replica(1) }
}

it('what rests in one replica rests in the other, and each finds out for itself', () => {
  const { clock, one, two } = twins()
  one.state.began('a')
  one.state.ended('a', { ok: false, error: { class: 'rate_limit', status: 429, retryAfterMs: 8000 } })
  expect(two.router.choose(two.router.group('m')!, { stream: false }).skipped).toEqual([{ id: 'a', reason: 'cooldown' }])
  clock.advance(8000)
  expect([one, two].map(({ state }) => state.snapshot('a').state)).toEqual(['half_open', 'half_open'])
})

it('what others used counts against limits, in its own minute, and only of deployments that have some', () => {
  const { clock, locals, one, two } = twins()
  const minute = Math.floor(clock.now() / 60_000)
  for (const id of ['a', 'a', 'a', 'b']) two.state.began(id)
  expect(locals[1]!.used(minute)).toEqual([{ id: 'a', requests: 3, tokens: 0 }])
  locals[0]!.usedByOthers(minute, [{ id: 'a', requests: 7, tokens: 50 }, { id: 'stranger', requests: 1, tokens: 1 }])
  for (let i = 0; i < 3; i += 1) one.state.began('a')
  expect(one.state.snapshot('a')).toMatchObject({ rpmUsed: 10, tpmUsed: 50 })
  expect(one.router.choose(one.router.group('m')!, { stream: false }).skipped).toEqual([{ id: 'a', reason: 'over_limit' }])
  clock.advance(60_000)
  expect(locals[1]!.used(minute + 1)).toEqual([])
  expect(one.state.snapshot('a')).toMatchObject({ rpmUsed: 0, tpmUsed: 0 })
})
