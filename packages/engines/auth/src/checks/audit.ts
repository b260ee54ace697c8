import assert from 'node:assert/strict'
import { type AuditEntry, type AuditFilter, auditWriter, type Author } from '../audit.ts'
import type { Directory } from '../store.ts'
import type { StoreCheck } from './record-store.ts'
import { keyRecord, teamRecord } from './records.ts'

const author = (more: Partial<Author> = {}): Author => ({
  now: 1_000, by: `user ${crypto.randomUUID()}`, keyHash: 'a'.repeat(64), claimed: null,
  write: auditWriter((kind, record) => ({ table: `table of ${kind}`, id: `name of ${(record as { id: string }).id}`, values: { version: (record as { version: number }).version, metadata: (record as { metadata: object }).metadata } })),
  ...more,
})

/** What a directory writes down of its changes. It may hold other entries. */
export function auditChecks(directory: () => Directory | Promise<Directory>): readonly StoreCheck[] {
  const check = (name: string, run: (made: Directory) => Promise<void>): StoreCheck => ({ name, run: async () => run(await directory()) })
  const read = async ({ audit }: Directory, filter: AuditFilter): Promise<readonly AuditEntry[]> => (await audit.list({ filter, limit: 100 })).records
  return [
    check('each change of an author is written down once, with what was and what is', async (made) => {
      const who = author({ claimed: 'somebody' })
      const record = teamRecord()
      assert.equal(await made.teams.insert(record, who), 'ok')
      assert.equal(await made.teams.update({ ...record, version: 2 }, { ...who, now: 2_000 }), 'ok')
      assert.equal(await made.teams.update({ ...record, version: 3 }, { ...who, now: 3_000, action: 'blocked' }), 'ok')
      assert.equal(await made.teams.delete(record.id, { ...who, now: 4_000 }), true)
      const entries = await read(made, { by: who.by })
      assert.deepEqual(entries.map(({ action, before, after, at }) => [at, action, before?.['version'], after?.['version']]), [[4_000, 'deleted', 3, undefined], [3_000, 'blocked', 2, 3], [2_000, 'updated', 1, 2], [1_000, 'created', undefined, 1]])
      for (const entry of entries) {
        assert.deepEqual([entry.kind, entry.recordId, entry.table, entry.objectId, entry.claimed, entry.keyHash], ['team', record.id, 'table of team', `name of ${record.id}`, 'somebody', 'a'.repeat(64)])
        assert.deepEqual(await made.audit.get(entry.id), entry)
      }
      assert.equal(await made.audit.get('none'), undefined)
    }),
    check('a write that was refused leaves no entry, nor does one whose author wants none', async (made) => {
      const who = author()
      const record = keyRecord()
      assert.equal(await made.keys.insert(record), 'ok')
      assert.equal(await made.keys.insert({ ...keyRecord(), id: record.id }, who), 'taken')
      assert.equal(await made.keys.insert({ ...keyRecord(), hash: record.hash }, who), 'taken')
      assert.equal(await made.keys.update({ ...record, version: 3 }, who), 'stale')
      assert.equal(await made.keys.update(keyRecord({ version: 2 }), who), 'missing')
      assert.equal(await made.keys.delete('none', who), false)
      const { write: _, ...silent } = who
      assert.equal(await made.keys.update({ ...record, version: 2 }, silent), 'ok')
      assert.deepEqual(await read(made, { by: who.by }), [])
    }),
    check('of many updates of one version one is written down', async (made) => {
      const who = author()
      const record = teamRecord()
      await made.teams.insert(record)
      await Promise.all(Array.from({ length: 5 }, () => made.teams.update({ ...record, version: 2 }, who)))
      assert.deepEqual((await read(made, { by: who.by })).map(({ before, after }) => [before?.['version'], after?.['version']]), [[1, 2]])
    }),
    check('what stands under the name of a secret in free fields is not written down', async (made) => {
      const who = author()
      await made.keys.insert(keyRecord({ metadata: { logging: [{ langfuse_secret_key: 'sk-lf-1', host: 'h' }], password: 'p', note: 'n', max_tokens: 5 } }), who)
      const [entry] = await read(made, { by: who.by })
      assert.deepEqual(entry?.after?.['metadata'], { logging: [{ langfuse_secret_key: '***', host: 'h' }], password: '***', note: 'n', max_tokens: 5 })
    }),
    check('entries are found by each filter, and pages hold every one once', async (made) => {
      const who = author({ claimed: `claimed ${crypto.randomUUID()}` })
      const records = Array.from({ length: 5 }, () => teamRecord())
      // Two of one moment: the id decides between them.
      for (const [i, record] of records.entries()) await made.teams.insert(record, { ...who, now: 1_000 + Math.floor(i / 2) })
      const every = await read(made, { by: who.by })
      assert.equal(every.length, 5)
      for (const filter of [{ by: who.claimed! }, { by: who.by, keyHash: who.keyHash! }, { by: who.by, action: 'created' }, { by: who.by, table: 'table of team' }, { by: who.by, from: 1_000, to: 1_003 }]) assert.deepEqual(await read(made, filter), every)
      assert.equal((await read(made, { by: who.by, from: 1_001, to: 1_002 })).length, 2)
      for (const object of [records[0]!.id, `name of ${records[0]!.id}`]) assert.deepEqual((await read(made, { object })).map(({ recordId }) => recordId), [records[0]!.id])
      assert.deepEqual(await read(made, { by: who.by, action: 'deleted' }), [])
      const seen: string[] = []
      let after: string | undefined
      do {
        const page = await made.audit.list({ filter: { by: who.by }, limit: 2, ...(after !== undefined && { after }) })
        assert.equal(page.total, 5)
        seen.push(...page.records.map(({ id }) => id))
        after = page.next
      } while (after !== undefined)
      assert.deepEqual(seen, every.map(({ id }) => id))
      assert.deepEqual((await made.audit.list({ filter: { by: who.by }, skip: 4, limit: 2 })).records, every.slice(4))
      await assert.rejects(async () => made.audit.list({ after: 'nonsense', limit: 1 }), { code: 'invalid_request' })
    }),
  ]
}
