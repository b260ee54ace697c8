import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { InFlight } from './in-flight.ts'

it('holds what a Map would, whatever comes and goes', () => {
  const action = fc.record({ id: fc.nat(600).map((n) => `call-${n}`), take: fc.boolean() })
  fc.assert(fc.property(fc.array(action, { maxLength: 3000 }), (actions) => {
    const table = new InFlight<{ id: string }>()
    const map = new Map<string, { id: string }>()
    for (const { id, take } of actions) {
      if (take) {
        expect(table.take(id)).toBe(map.get(id))
        map.delete(id)
      } else if (!map.has(id)) {
        const thing = { id }
        table.add(id, thing)
        map.set(id, thing)
      }
      expect(table.has(id)).toBe(map.has(id))
      expect(table.size).toBe(map.size)
    }
    expect(new Map(table.entries())).toEqual(map)
  }), { numRuns: 100 })
})
