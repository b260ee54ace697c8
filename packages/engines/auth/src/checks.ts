import assert from 'node:assert/strict'
import { hashKey } from './key-material.ts'
import { type KeyRecord, noLimits } from './records.ts'
import type { KeyStore } from './store.ts'

/** One check of a contract: a name, and what to run in a test of that name. */
export interface StoreCheck {
  readonly name: string
  readonly run: () => Promise<void>
}

let made = 0

/** A key record for tests; ids and hashes never repeat. */
export function keyRecord(more: Partial<KeyRecord> = {}): KeyRecord {
  made += 1
  return {
    ...noLimits, id: crypto.randomUUID(), hash: hashKey(`sk-check-${made}-${crypto.randomUUID()}`), previousHash: null, previousUntil: null, name: 'sk-...heck', alias: null, models: [], aliases: {},
    teamId: null, userId: null, organizationId: null, budgetId: null, expiresAt: null, blocked: false, allowedRoutes: [], tags: [], keyType: 'default', metadata: {},
    createdAt: 1_700_000_000_000 + made, createdBy: 'check', updatedAt: 1_700_000_000_000, updatedBy: 'check', version: 1, ...more,
  }
}

/**
 * What every {@link KeyStore} keeps to. Run each in a test of its name, against a store that may hold
 * other records.
 */
export function keyStoreChecks(store: () => KeyStore | Promise<KeyStore>): readonly StoreCheck[] {
  const check = (name: string, run: (keys: KeyStore) => Promise<void>): StoreCheck => ({ name, run: async () => run(await store()) })
  const insert = async (keys: KeyStore, more: Partial<KeyRecord> = {}): Promise<KeyRecord> => {
    const record = keyRecord(more)
    assert.equal(await keys.insert(record), 'ok')
    return record
  }
  return [
    check('a record comes back as it was, by id and by hash', async (keys) => {
      const full = await insert(keys, {
        alias: `alias ${crypto.randomUUID()}`, models: ['a', 'b/*'], aliases: { mine: 'a' }, teamId: 'team', userId: 'user', organizationId: 'org', budgetId: null, expiresAt: 1_900_000_000_123, blocked: true,
        allowedRoutes: ['/key/*'], tags: ['x'], keyType: 'llm_api', metadata: { deep: { list: [1, null, 'ü'] } }, maxBudget: 9_000_000_000_000_000, softBudget: 0, budgetDuration: '30d',
        budgetLimits: [{ maxBudget: 1, budgetDuration: '24h' }], rpmLimit: 0, tpmLimit: 5, maxParallelRequests: 2, modelRpmLimit: { a: 0 }, modelTpmLimit: { a: 1 },
        modelMaxBudget: { a: { maxBudget: 7, budgetDuration: null } }, tempBudgetIncrease: 3, tempBudgetExpiry: 1_900_000_000_000,
      })
      assert.deepEqual(await keys.get(full.id), full)
      assert.deepEqual(await keys.byHash(full.hash), full)
      const bare = await insert(keys)
      assert.deepEqual(await keys.get(bare.id), bare)
    }),
    check('what is not there is undefined, also for texts that mean something to a database', async (keys) => {
      for (const text of ['', 'none', "' OR 1=1 --", '%', '\u0000', hashKey('sk-none')]) {
        assert.equal(await keys.get(text), undefined)
        assert.equal(await keys.byHash(text), undefined)
      }
      assert.equal(await keys.delete('none'), false)
      assert.equal(await keys.update(keyRecord({ version: 2 })), 'missing')
    }),
    check('an id, a hash and an alias belong to one record', async (keys) => {
      const first = await insert(keys, { alias: `alias ${crypto.randomUUID()}` })
      assert.equal(await keys.insert({ ...keyRecord(), id: first.id }), 'taken')
      assert.equal(await keys.insert({ ...keyRecord(), hash: first.hash }), 'taken')
      assert.equal(await keys.insert({ ...keyRecord(), alias: first.alias }), 'taken')
      const second = await insert(keys)
      assert.equal(await keys.update({ ...second, alias: first.alias, version: 2 }), 'taken')
      assert.deepEqual(await keys.get(second.id), second)
      assert.equal(await keys.delete(first.id), true)
      assert.equal(await keys.update({ ...second, alias: first.alias, version: 2 }), 'ok')
    }),
    check('of two updates of one version one wins', async (keys) => {
      const record = await insert(keys)
      const answers = await Promise.all(['a', 'b', 'c'].map((updatedBy) => keys.update({ ...record, updatedBy, version: 2 })))
      assert.deepEqual(answers.toSorted(), ['ok', 'stale', 'stale'])
      assert.equal(await keys.update({ ...record, version: 4 }), 'stale')
      assert.equal((await keys.get(record.id))?.version, 2)
    }),
    check('a regenerated key is found by both hashes, and the old one stays taken', async (keys) => {
      const record = await insert(keys)
      const next = { ...record, hash: hashKey(crypto.randomUUID()), previousHash: record.hash, previousUntil: 1_900_000_000_000, version: 2 }
      assert.equal(await keys.update(next), 'ok')
      assert.deepEqual(await keys.byHash(record.hash), next)
      assert.deepEqual(await keys.byHash(next.hash), next)
      assert.equal(await keys.insert({ ...keyRecord(), hash: record.hash }), 'taken')
      assert.equal(await keys.update({ ...next, previousHash: null, previousUntil: null, version: 3 }), 'ok')
      assert.equal(await keys.byHash(record.hash), undefined)
    }),
    check('a deleted key is gone by every way', async (keys) => {
      const record = await insert(keys, { alias: `alias ${crypto.randomUUID()}` })
      assert.equal(await keys.delete(record.id), true)
      assert.equal(await keys.delete(record.id), false)
      assert.equal(await keys.get(record.id), undefined)
      assert.equal(await keys.byHash(record.hash), undefined)
      assert.equal((await keys.list({ filter: { hash: record.hash }, limit: 1 })).total, 0)
    }),
    check('lists by each filter', async (keys) => {
      const own = crypto.randomUUID()
      const record = await insert(keys, { userId: `u${own}`, teamId: `t${own}`, organizationId: `o${own}`, alias: `a${own}` })
      await insert(keys)
      for (const filter of [{ userId: `u${own}` }, { teamId: `t${own}` }, { organizationId: `o${own}` }, { alias: `a${own}` }, { hash: record.hash }, { userId: `u${own}`, teamId: `t${own}` }]) {
        assert.deepEqual(await keys.list({ filter, limit: 10 }), { records: [record], next: undefined, total: 1 })
      }
      assert.equal((await keys.list({ filter: { userId: `u${own}`, teamId: 'other' }, limit: 10 })).total, 0)
    }),
    check('pages go from new to old, hold every record once, and stay right when records come and go', async (keys) => {
      const userId = crypto.randomUUID()
      // Two of one moment: the id decides between them.
      const records = []
      for (const createdAt of [1, 2, 3, 3, 4, 5]) records.push(await insert(keys, { userId, createdAt }))
      const expected = records.toSorted((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? -1 : 1)).map(({ id }) => id)
      const seen: string[] = []
      let after: string | undefined
      do {
        const page = await keys.list({ filter: { userId }, limit: 2, ...(after !== undefined && { after }) })
        seen.push(...page.records.map(({ id }) => id))
        after = page.next
        // Behind the cursor, so the pages to come do not move; the record that it stands for may even be gone.
        await insert(keys, { userId, createdAt: 9 })
        if (seen.length === 2) await keys.delete(seen[1]!)
      } while (after !== undefined)
      assert.deepEqual(seen, expected)
      const skipped = await keys.list({ filter: { userId }, skip: 3, limit: 2 })
      assert.deepEqual([skipped.records.length, skipped.total], [2, 8])
    }),
  ]
}
