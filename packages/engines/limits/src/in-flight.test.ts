import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { InFlight } from './in-flight.ts'

interface Step {
  readonly id: string
  readonly take: boolean
}

/** What a table answers to each step, and what it holds in the end. */
function run(steps: readonly Step[], table: { has(id: string): boolean; add(id: string, step: Step): void; take(id: string): Step | undefined; readonly size: number; entries(): Iterable<readonly [string, Step]> }): unknown {
  const answers = steps.map((step) => {
    const taken = step.take ? table.take(step.id) : undefined
    if (!step.take && !table.has(step.id)) table.add(step.id, step)
    return [taken, table.has(step.id), table.size]
  })
  return { answers, left: new Map(table.entries()) }
}

it('holds what a Map would, whatever comes and goes', () => {
  const step = fc.record({ id: fc.nat(600).map((n) => `call-${n}`), take: fc.boolean() })
  fc.assert(fc.property(fc.array(step, { maxLength: 3000 }), (steps) => {
    const map = new Map<string, Step>()
    const take = (id: string): Step | undefined => {
      const found = map.get(id)
      map.delete(id)
      return found
    }
    expect(run(steps, new InFlight())).toEqual(run(steps, { has: (id) => map.has(id), add: (id, one) => void map.set(id, one), take, get size() { return map.size }, entries: () => map }))
  }), { numRuns: 100 })
})
