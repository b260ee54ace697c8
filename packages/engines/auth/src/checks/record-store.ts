import assert from 'node:assert/strict'
import type { RecordStore } from '../store.ts'

/** One check of a contract: a name, and what to run in a test of that name. */
export interface StoreCheck {
  readonly name: string
  readonly run: () => Promise<void>
}

interface Kept {
  readonly id: string
  readonly createdAt: number
  readonly updatedBy: string
  readonly version: number
}

/** What the checks must know of one kind of record. */
export interface RecordBench<Record extends Kept, Filter> {
  /** May hold other records. */
  readonly store: () => RecordStore<Record, Filter> | Promise<RecordStore<Record, Filter>>
  /** A plain record; what must be unique is. */
  readonly make: (more?: Partial<Record>) => Record
  /** Every field set to something, in such a way that each of {@link filters} finds this record alone. */
  readonly full: () => Record
  readonly filters: (full: Record) => readonly Filter[]
  /** Parts of a record that no second one may have. */
  readonly unique: (full: Record) => readonly Partial<Record>[]
  /** Fields that make {@link many} records one group, and the filter that finds the group. */
  readonly group: () => { readonly fields: Partial<Record>; readonly filter: Filter } | undefined
}

/** Texts that mean something to a database, or that it cannot hold. */
export const oddTexts = ['', 'none', "' OR 1=1 --", '%', '\\', '{}', '\u0000', 'a\u0000b', '\uD800', '😀']

/** What every {@link RecordStore} keeps to, whatever it holds. Run each in a test of its name. */
export function recordStoreChecks<Record extends Kept, Filter>(bench: RecordBench<Record, Filter>): readonly StoreCheck[] {
  const { make, full } = bench
  const check = (name: string, run: (store: RecordStore<Record, Filter>) => Promise<void>): StoreCheck => ({ name, run: async () => run(await bench.store()) })
  const insert = async (store: RecordStore<Record, Filter>, record: Record = make()): Promise<Record> => {
    assert.equal(await store.insert(record), 'ok')
    return record
  }
  return [
    check('a record comes back as it was', async (store) => {
      for (const record of [await insert(store, full()), await insert(store)]) assert.deepEqual(await store.get(record.id), record)
    }),
    check('a record holds any text', async (store) => {
      for (const text of oddTexts) {
        const record = await insert(store, { ...make(), metadata: { [text]: [text] }, updatedBy: text })
        assert.deepEqual(await store.get(record.id), record)
      }
    }),
    check('what is not there is undefined, also for texts that mean something to a database', async (store) => {
      for (const text of oddTexts) assert.equal(await store.get(text), undefined)
      assert.equal(await store.delete('none'), false)
      assert.equal(await store.update({ ...make(), version: 2 }), 'missing')
    }),
    check('an id, and each value that must be unique, belong to one record', async (store) => {
      const first = await insert(store, full())
      assert.equal(await store.insert({ ...make(), id: first.id }), 'taken')
      for (const part of bench.unique(first)) {
        assert.equal(await store.insert({ ...make(), ...part }), 'taken')
        const second = await insert(store)
        assert.equal(await store.update({ ...second, ...part, version: 2 }), 'taken')
        assert.deepEqual(await store.get(second.id), second)
      }
      assert.equal(await store.delete(first.id), true)
      for (const part of bench.unique(first)) {
        const second = await insert(store)
        assert.equal(await store.update({ ...second, ...part, version: 2 }), 'ok')
        assert.equal(await store.delete(second.id), true)
      }
    }),
    check('of many inserts that want the same value one wins', async (store) => {
      for (const part of bench.unique(full())) {
        const wanting = Array.from({ length: 5 }, () => ({ ...make(), ...part }))
        const answers = await Promise.all(wanting.map((record) => store.insert(record)))
        assert.deepEqual(answers.toSorted(), ['ok', 'taken', 'taken', 'taken', 'taken'])
        for (const { id } of wanting) await store.delete(id)
      }
    }),
    check('of two updates of one version one wins', async (store) => {
      const record = await insert(store)
      const answers = await Promise.all(['a', 'b', 'c'].map((updatedBy) => store.update({ ...record, updatedBy, version: 2 })))
      assert.deepEqual(answers.toSorted(), ['ok', 'stale', 'stale'])
      assert.equal(await store.update({ ...record, version: 4 }), 'stale')
      assert.equal((await store.get(record.id))?.version, 2)
    }),
    check('a deleted record is gone by every way', async (store) => {
      const record = await insert(store, full())
      assert.equal(await store.delete(record.id), true)
      assert.equal(await store.delete(record.id), false)
      assert.equal(await store.get(record.id), undefined)
      for (const filter of bench.filters(record)) assert.equal((await store.list({ filter, limit: 1 })).total, 0)
    }),
    check('lists by each filter, and by what an update left', async (store) => {
      const record = await insert(store, full())
      await insert(store)
      for (const filter of bench.filters(record)) assert.deepEqual(await store.list({ filter, limit: 10 }), { records: [record], next: undefined, total: 1 })
      const bare = { ...make(), id: record.id, version: 2 }
      assert.equal(await store.update(bare), 'ok')
      for (const filter of bench.filters(record)) assert.equal((await store.list({ filter, limit: 10 })).total, 0)
      assert.ok((await store.list({ limit: 1 })).total >= 2)
    }),
    check('pages go from new to old, hold every record once, and stay right when records come and go', async (store) => {
      const group = bench.group()
      if (!group) return
      const { fields, filter } = group
      const add = (createdAt: number): Promise<Record> => insert(store, { ...make(), ...fields, createdAt })
      // Two of one moment: the id decides between them.
      const records = []
      for (const createdAt of [1, 2, 3, 3, 4, 5]) records.push(await add(createdAt))
      const expected = records.toSorted((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? -1 : 1)).map(({ id }) => id)
      const seen: string[] = []
      let after: string | undefined
      do {
        const page = await store.list({ filter, limit: 2, ...(after !== undefined && { after }) })
        seen.push(...page.records.map(({ id }) => id))
        after = page.next
        // Behind the cursor, so the pages to come do not move; the record that it stands for may even be gone.
        await add(9)
        if (seen.length === 2) await store.delete(seen[1]!)
      } while (after !== undefined)
      assert.deepEqual(seen, expected)
      const skipped = await store.list({ filter, skip: 3, limit: 2 })
      assert.deepEqual([skipped.records.length, skipped.total], [2, 8])
    }),
  ]
}
