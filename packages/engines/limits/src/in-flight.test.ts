import * as fc from 'fast-check'
import { it } from 'vitest'
import { InFlight } from './in-flight.ts'

it('holds what a Map would, whatever comes and goes', () => {
  const action = fc.record({ id: fc.nat(600).map((n) => `call-${n}`), take: fc.boolean() })
  fc.assert(fc.property(fc.array(action, { maxLength: 3000 }), (actions) => {
    const table = new InFlight<{ id: string }>()
    const map = new Map<string, { id: string }>()
    for (const { id, take } of actions) {
      if (take) {
        if (table.take(id) !== map.get(id)) return false
        map.delete(id)
      } else if (!map.has(id)) {
        const thing = { id }
        table.add(id, thing)
        map.set(id, thing)
      }
      if (table.has(id) !== map.has(id) || table.size !== map.size) return false
    }
    const left = [...table.entries()]
    return left.length === map.size && left.every(([id, thing]) => map.get(id) === thing)
  }), { numRuns: 100 })
})
