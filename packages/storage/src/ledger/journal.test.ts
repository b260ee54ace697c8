import { appendFileSync, mkdtempSync, readdirSync, rmSync, statSync, truncateSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ledgerEntry } from '@tianjillm/spend/contract'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { testLog } from '../test/log.ts'
import { rowsOf } from '../test/rows.ts'
import { Journal } from './journal.ts'
import { frameOf, textOf } from './frame.ts'
import { parse, type WrittenRows } from './written-rows.ts'

const row = (more: Parameters<typeof ledgerEntry>[0] = {}): WrittenRows => rowsOf(ledgerEntry(more))

describe('journal', () => {
  let folder: string
  let logged: ReturnType<typeof testLog>
  const open = (maxBytes = 1e9): Journal => new Journal({ folder, sync: 'os', maxBytes, log: logged.log })
  /** Everything that waits on disk, in order; removes it. */
  const left = (journal: Journal): WrittenRows[] => {
    const entries: WrittenRows[] = []
    for (let file = journal.nextFile(); file; file = journal.nextFile()) {
      entries.push(...file.rows)
      file.done()
    }
    return entries
  }
  /** The file that is written now. */
  const current = (): string => {
    const home = join(folder, readdirSync(folder).at(-1)!)
    return join(home, readdirSync(home).filter((name) => name.endsWith('.log')).at(-1)!)
  }

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'journal-'))
    logged = testLog()
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  it('the next one finds what the last one could not hand over, in order, once', () => {
    const entries = Array.from({ length: 20 }, (_, i) => row({ model: `größe-${i}-😀` }))
    const dead = open()
    for (const entry of entries) dead.append(entry)
    dead.close()
    const next = open()
    expect(left(next)).toEqual(entries)
    next.close()
    const last = open()
    expect(left(last)).toEqual([])
    last.close()
    expect(readdirSync(folder)).toEqual([])
  })

  it('leaves the files of a process that lives alone', () => {
    const alive = open()
    alive.append(row())
    const other = open()
    expect(left(other)).toEqual([])
    other.close()
    alive.close()
    const later = open()
    expect(left(later)).toHaveLength(1)
    later.close()
  })

  it.each([
    ['cut short', (file: string) => truncateSync(file, statSync(file).size - 3), 2],
    ['followed by half a head', (file: string) => appendFileSync(file, Buffer.from([1, 2, 3])), 3],
    ['followed by zeros', (file: string) => appendFileSync(file, Buffer.alloc(100)), 3],
    ['followed by a frame whose sum is wrong', (file: string) => appendFileSync(file, Buffer.from([4, 0, 0, 0, 9, 9, 9, 9, 65, 66, 67, 68])), 3],
  ])('a tail that is %s is ignored, and told', (_, damage, whole) => {
    const dead = open()
    const entries = [row(), row(), row()]
    for (const entry of entries) dead.append(entry)
    const file = current()
    dead.close()
    damage(file)
    const next = open()
    expect(left(next)).toEqual(entries.slice(0, whole))
    expect(logged.lines).toMatchObject([{ level: 'warn', message: expect.stringContaining('torn') }])
    next.close()
  })

  it('is empty again once everything is inserted', () => {
    const journal = open()
    const segments = [1, 2, 3].map(() => {
      const segment = journal.append(row())!
      segment.waiting += 1
      return segment
    })
    expect(statSync(current()).size).toBeGreaterThan(300)
    for (const segment of segments) journal.inserted(segment)
    expect(statSync(current()).size).toBe(0)
    journal.close()
    expect(readdirSync(folder)).toEqual([])
  })

  it('begins new files as it grows, and removes each when its entries are inserted', () => {
    const journal = open()
    const large = row({ metadata: { text: 'x'.repeat(100_000) } })
    const segments = Array.from({ length: 100 }, () => {
      const segment = journal.append(large)!
      segment.waiting += 1
      return segment
    })
    const home = join(folder, readdirSync(folder)[0]!)
    const files = (): number => readdirSync(home).filter((name) => name.endsWith('.log')).length
    expect(files()).toBe(3)
    for (const segment of segments) journal.inserted(segment)
    expect(files()).toBe(1)
    journal.close()
  })

  it('finds the rows that an earlier version wrote, each whole and for itself', () => {
    const rows = [1, 2].map((n) => ({ request_id: `call-${n}`, started_at: 1_790_000_000_000 + n, key_id: 'a key', model: 'größe', input_tokens: n, cache_hit: false }))
    const dead = open()
    dead.append({ frame: frameOf(rows.map((one) => JSON.stringify(one)).join(',')), count: 2, moments: [rows[0]!.started_at] })
    dead.close()
    const next = open()
    const [found] = left(next)
    expect(found).toMatchObject({ count: 2, moments: [rows[1]!.started_at] })
    expect(parse(found!.frame)).toEqual(rows)
    expect(JSON.parse(`[${textOf(found!.frame)}]`)).toMatchObject(rows.map((one) => ({ key_id: 'a key', calls: [one] })))
    next.close()
  })

  it('keeps to its limit, says so once, and takes entries again when there is room', () => {
    const journal = open(2000)
    const taken = Array.from({ length: 20 }, () => {
      const segment = journal.append(row())
      if (segment) segment.waiting += 1
      return segment
    })
    expect(taken.filter(Boolean).length).toBeLessThan(10)
    expect(taken.at(-1)).toBeUndefined()
    expect(logged.lines.filter(({ level }) => level === 'error')).toHaveLength(1)
    for (const segment of taken) if (segment) journal.inserted(segment)
    expect(journal.append(row())).toBeDefined()
    journal.close()
  })
})
