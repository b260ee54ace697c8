import { createFakeClock } from '@tianjillm/test-kit'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Boarding, createSingleFlight, type Turn } from './index.ts'

const flight = (waitMs = 1000) => {
  const clock = createFakeClock()
  return { clock, flights: createSingleFlight<string>({ clock, waitMs }) }
}
const turnIn = (boarding: Boarding<string> | Promise<Boarding<string>>): Turn<string> => (boarding as { turn: Turn<string> }).turn

describe('single flight', () => {
  it('one works, the others are given what it brings, and the next begins anew', async () => {
    const { flights, clock } = flight()
    const turn = turnIn(flights.board('a'))
    const others = [flights.board('a'), flights.board('a')]
    expect(turnIn(flights.board('b'))).toBeDefined()
    turn.done('x')
    turn.failed()
    expect(await Promise.all(others)).toEqual([{ result: 'x' }, { result: 'x' }])
    expect([flights.has('a'), clock.pending()]).toEqual([false, 0])
    expect(turnIn(flights.board('a'))).toBeDefined()
  })

  it('when it fails another takes over, and when that fails too all help themselves', async () => {
    const { flights } = flight()
    const turn = turnIn(flights.board('a'))
    const [second, third, fourth] = [flights.board('a'), flights.board('a'), flights.board('a')]
    turn.failed()
    const over = turnIn(await second)
    turn.done('too late')
    over.failed()
    expect([await third, await fourth, flights.has('a')]).toEqual(['alone', 'alone', false])
  })

  it('a result for one alone sends the others off', async () => {
    const { flights } = flight()
    const turn = turnIn(flights.board('a'))
    const other = flights.board('a')
    turn.done(undefined)
    expect(await other).toBe('alone')
  })

  it('nobody waits longer than the bound, or than its client', async () => {
    const { flights, clock } = flight(1000)
    const turn = turnIn(flights.board('a'))
    const gone = new AbortController()
    const [patient, left] = [flights.board('a'), flights.board('a', gone.signal)]
    gone.abort()
    expect(await left).toBe('alone')
    clock.advance(1000)
    expect([await patient, await flights.board('a', gone.signal)]).toEqual(['alone', 'alone'])
    turn.failed()
    expect([flights.has('a'), clock.pending()]).toEqual([false, 0])
  })

  it('nobody begins to wait for one who hangs', async () => {
    const { flights, clock } = flight(1000)
    const turn = turnIn(flights.board('a'))
    clock.advance(999)
    const patient = flights.board('a')
    clock.advance(1)
    expect(flights.board('a')).toBe('alone')
    turn.failed()
    const over = turnIn(await patient)
    const next = flights.board('a')
    over.done('x')
    expect(await next).toEqual({ result: 'x' })
  })

  it('whatever happens, at most one works for a key, and everybody gets an answer', async () => {
    const step = fc.oneof(fc.record({ do: fc.constant('come' as const) }), fc.record({ do: fc.constantFrom('done' as const, 'alone' as const, 'fail' as const) }), fc.record({ do: fc.constant('wait' as const), ms: fc.nat(700) }))
    await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      const { flights, clock } = flight(1000)
      const turns: Turn<string>[] = []
      let open = 0
      const take = (boarding: Boarding<string>): void => {
        open -= 1
        if (boarding !== 'alone' && 'turn' in boarding) turns.push(boarding.turn)
      }
      for (const one of steps) {
        if (one.do === 'come') {
          open += 1
          const boarding = flights.board('k')
          if (boarding instanceof Promise) void boarding.then(take)
          else take(boarding)
        } else if (one.do === 'wait') clock.advance(one.ms)
        else {
          const turn = turns.pop()
          if (one.do === 'fail') turn?.failed()
          else turn?.done(one.do === 'done' ? 'x' : undefined)
        }
        await clock.advanceAsync(0)
        expect(turns.length).toBeLessThanOrEqual(1)
        expect(flights.has('k')).toBe(turns.length === 1)
      }
      for (let turn = turns.pop(); turn; turn = turns.pop()) {
        turn.failed()
        await clock.advanceAsync(0)
      }
      expect([open, clock.pending(), flights.has('k')]).toEqual([0, 0, false])
    }), { numRuns: 60 })
  })
})
