import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Log } from '@tianjillm/core'
import { describe, expect, it } from 'vitest'
import { openProcessRecords } from './process-records.ts'

let errors = 0
const log: Log = { debug() {}, info() {}, warn() {}, error: () => { errors += 1 } }

describe('records of what is under way', () => {
  it('are the next process\'s when one is gone, and nobody else\'s while it lives', () => {
    const folder = mkdtempSync(join(tmpdir(), 'records-'))
    const first = openProcessRecords({ folder, log })
    first.keep('a', { n: 1 })
    first.keep('b', { n: 2 })
    first.drop('a')
    const second = openProcessRecords({ folder, log })
    expect([first.left(), second.left()]).toEqual([[], []])
    first.close()
    const third = openProcessRecords({ folder, log })
    expect(third.left()).toEqual([{ id: 'b', record: { n: 2 } }])
    third.drop('b')
    third.close()
    second.close()
    expect(readdirSync(folder)).toEqual([])
  })

  it('one that cannot be read harms no other', () => {
    const folder = mkdtempSync(join(tmpdir(), 'records-'))
    const first = openProcessRecords({ folder, log })
    first.keep('a', {})
    first.keep('b', { n: 2 })
    writeFileSync(join(folder, readdirSync(folder)[0]!, 'a.json'), '{"n":')
    first.close()
    expect(openProcessRecords({ folder, log }).left()).toEqual([{ id: 'b', record: { n: 2 } }])
    expect(errors).toBe(1)
  })
})
