import assert from 'node:assert/strict'
import { createFakeClock, type FakeClock } from '@tianjillm/test-kit'
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { createRouter, createRoutingState, defaultCooldown, type Outcome, type Router, type RoutedDeployment, type SharedState } from '../index.ts'

/** What must hold of one deployment, in plain words: until when it was told to rest, and which call finds out afterwards. */
interface Model {
  now: number
  /** The latest end of any rest that was told; undefined: it does not rest. */
  until: number | undefined
  /** Calls under way. */
  calls: number
  /** When the last probe went out, while nothing came of it. */
  probed: number | undefined
}

interface Real {
  readonly clock: FakeClock
  readonly router: Router<RoutedDeployment>
  readonly others: SharedState
  readonly told: [string, number][]
}

const COOLDOWN = 5_000
const LIMIT = 60_000

/** Whether a call may pass, as the model has it. */
function passes({ now, until, probed }: Model): boolean {
  if (until === undefined) return true
  return now >= until && (probed === undefined || now >= probed + COOLDOWN)
}

type Step = fc.Command<Model, Real>

class Wait implements Step {
  readonly ms: number
  constructor(ms: number) { this.ms = ms }
  check = (): boolean => true
  run(model: Model, { clock }: Real): void {
    model.now += this.ms
    clock.advance(this.ms)
  }
  toString = (): string => `wait ${this.ms}`
}

/** Somebody's clock is set: rests are counted on the one that is not. */
class SetWallClock extends Wait {
  override run(_: Model, { clock }: Real): void { clock.jump(this.ms) }
  override toString = (): string => `set the clock by ${this.ms}`
}

class Ask implements Step {
  check = (): boolean => true
  run(model: Model, { router }: Real): void {
    const { candidate, reason, retryAfterMs } = router.choose(router.group('m')!, { stream: false, closed: new Set(['other']) })
    assert.equal(candidate !== undefined, passes(model))
    if (candidate) {
      model.calls += 1
      if (model.until !== undefined) model.probed = model.now
      router.state.began('d')
      return
    }
    const end = Math.max(model.until!, model.probed === undefined ? 0 : model.probed + COOLDOWN)
    assert.deepEqual([reason, retryAfterMs], [model.now < model.until! ? 'cooldown' : 'probing', end - model.now])
  }
  toString = (): string => 'ask'
}

/** A call ends, whichever. */
class End implements Step {
  readonly outcome: Outcome
  constructor(outcome: Outcome) { this.outcome = outcome }
  check = ({ calls }: Model): boolean => calls > 0
  run(model: Model, { router, told }: Real): void {
    const before = told.length
    model.calls -= 1
    router.state.ended('d', this.outcome)
    const { error, cancelled } = this.outcome
    const resting = model.until !== undefined && model.now < model.until
    const rest = error?.retryAfterMs !== undefined ? Math.max(COOLDOWN, Math.min(error.retryAfterMs, LIMIT)) : error && !resting ? COOLDOWN : 0
    if (cancelled) {
      if (model.calls === 0) model.probed = undefined
    } else if (error) {
      if (model.now + rest > (model.until ?? -1)) {
        model.until = model.now + rest
        model.probed = undefined
        // The others hear of it in the same turn.
        assert.deepEqual(told.slice(before), [['d', rest]])
      }
    } else if (!resting) {
      model.until = undefined
      model.probed = undefined
    }
    assert.equal(router.state.snapshot('d').inFlight, model.calls)
  }
  toString = (): string => `end ${JSON.stringify(this.outcome)}`
}

/** Another replica says that the deployment rests. */
class Hear implements Step {
  readonly ms: number
  constructor(ms: number) { this.ms = ms }
  check = (): boolean => true
  run(model: Model, { others, told }: Real): void {
    const before = told.length
    others.rest('d', this.ms)
    const until = model.now + Math.min(this.ms, LIMIT)
    if (until > (model.until ?? -1)) {
      model.until = until
      model.probed = undefined
    }
    // What is heard is not told on: it would go round for ever.
    assert.equal(told.length, before)
  }
  toString = (): string => `hear ${this.ms}`
}

it('LL#40130: a deployment rests as long as it was told from that moment, then lets one call find out', () => {
  const outcome = fc.oneof(
    fc.constant<Outcome>({ ok: true }),
    fc.constant<Outcome>({ ok: false, cancelled: true }),
    fc.constant<Outcome>({ ok: false, error: { class: 'authentication', status: 401 } }),
    fc.integer({ min: 1, max: 90_000 }).map((retryAfterMs): Outcome => ({ ok: false, error: { class: 'rate_limit', status: 429, retryAfterMs } })),
  )
  const steps = fc.commands([
    fc.oneof(fc.integer({ min: 0, max: 8_000 }), fc.constantFrom(1, COOLDOWN - 1, COOLDOWN, LIMIT)).map((ms) => new Wait(ms)),
    fc.integer({ min: -10_000_000, max: 10_000_000 }).map((ms) => new SetWallClock(ms)),
    fc.constant(new Ask()),
    fc.constant(new Ask()),
    outcome.map((how) => new End(how)),
    fc.integer({ min: 1, max: 90_000 }).map((ms) => new Hear(ms)),
  ], { maxCommands: 60 })
  let runs = 0
  fc.assert(fc.property(steps, (commands) => {
    runs += 1
    fc.modelRun(() => {
      const clock = createFakeClock()
      const told: [string, number][] = []
      let others: SharedState
      const state = createRoutingState({ clock, cooldown: { ...defaultCooldown, maxCooldownMs: LIMIT }, share: { start: (local) => { others = local }, cooled: (id, ms) => void told.push([id, ms]) } })
      const router = createRouter({ deployments: ['d', 'other'].map((id) => ({ id, modelName: 'm', model: 'up' })), state })
      return { model: { now: 0, until: undefined, calls: 0, probed: undefined }, real: { clock, router, others: others!, told } }
    }, commands)
  }), { numRuns: 2000 })
  expect(runs).toBe(2000)
})
