import assert from 'node:assert/strict'
import { type AuditReader, auditWriter, type DirectoryChange, type NoFilter, type RecordStore } from '@tianjillm/auth'
import { type RecordBench, recordStoreChecks, type StoreCheck } from '@tianjillm/auth/checks'
import { type ConfigurationDirectory, type ConfigurationKind, type ConfigurationStores, storeOfKind } from '../stores.ts'
import { accessGroupRecord, credentialRecord, fallbackRecord, modelRecord, settingRecord } from './records.ts'

interface Kept {
  readonly id: string
  readonly createdAt: number
  readonly updatedBy: string
  readonly version: number
}

type Bench = Pick<RecordBench<Kept, NoFilter>, 'make' | 'full'>

const benches: Readonly<Record<ConfigurationKind, Bench>> = {
  model: { make: modelRecord, full: () => modelRecord({ modelName: 'a/*', info: { mode: 'chat', deep: [{ a: null }] }, blocked: true }) },
  credential: { make: credentialRecord, full: () => credentialRecord({ id: `my keys / ${crypto.randomUUID()}`, info: { description: 'ü' } }) },
  access_group: { make: accessGroupRecord, full: () => accessGroupRecord({ modelNames: ['a', 'b/*'], modelIds: ['c'] }) },
  fallback: { make: fallbackRecord, full: () => fallbackRecord({ type: 'context_window', fallbackModels: ['b', 'a'] }) },
  setting: { make: settingRecord, full: () => settingRecord({ value: { a: [1, false, null] } }) },
}

/** What is checked: the records, and where their changes are written down. */
export interface ConfigurationBench {
  readonly directory: ConfigurationDirectory
  readonly audit: AuditReader
}

/** What every {@link ConfigurationDirectory} keeps to: the contracts of its stores, that changes are told, and that they are written down. Run each in a test of its name. */
export function configurationChecks(bench: () => ConfigurationBench | Promise<ConfigurationBench>): readonly StoreCheck[] {
  const names = Object.entries(storeOfKind) as readonly [ConfigurationKind, keyof ConfigurationStores][]
  const storeOf = async (name: keyof ConfigurationStores): Promise<RecordStore<Kept, NoFilter>> => (await bench()).directory[name] as unknown as RecordStore<Kept, NoFilter>
  return [
    ...names.flatMap(([kind, name]) =>
      recordStoreChecks<Kept, NoFilter>({ ...benches[kind], store: () => storeOf(name), filters: () => [], unique: () => [], group: () => undefined }).map((check) => ({ name: `${name}: ${check.name}`, run: check.run }))),
    {
      name: 'a change is told before its write resolves',
      async run() {
        const { directory: { subscribe } } = await bench()
        const told: DirectoryChange[] = []
        const stop = subscribe((change) => told.push(change))
        for (const [kind, name] of names) {
          const record = benches[kind].make()
          const store = await storeOf(name)
          const heard = (): boolean => told.splice(0).some((change) => change.kind === kind && change.id === record.id)
          await store.insert(record)
          assert.ok(heard())
          await store.update({ ...record, version: 2 })
          assert.ok(heard())
          await store.delete(record.id)
          assert.ok(heard())
        }
        stop()
      },
    },
    {
      name: 'each change of an author is written down once, of every kind, and one that was refused is not',
      async run() {
        const { audit } = await bench()
        const by = `user ${crypto.randomUUID()}`
        const write = auditWriter((kind, record) => ({ table: `table of ${kind}`, id: (record as Kept).id, values: { version: (record as Kept).version } }))
        const author = (now: number) => ({ now, by, keyHash: null, claimed: null, write })
        for (const [kind, name] of names) {
          const record = benches[kind].make()
          const store = await storeOf(name)
          assert.equal(await store.insert(record, author(1)), 'ok')
          assert.equal(await store.insert(record, author(2)), 'taken')
          assert.equal(await store.update({ ...record, version: 2 }, author(3)), 'ok')
          assert.equal(await store.update({ ...record, version: 2 }, author(4)), 'stale')
          assert.equal(await store.delete(record.id, author(5)), true)
          assert.equal(await store.delete(record.id, author(6)), false)
          const { records } = await audit.list({ filter: { by, object: record.id }, limit: 10 })
          assert.deepEqual(records.map(({ at, action, table, before, after }) => [at, action, table, before?.['version'], after?.['version']]), [
            [5, 'deleted', `table of ${kind}`, 2, undefined], [3, 'updated', `table of ${kind}`, 1, 2], [1, 'created', `table of ${kind}`, undefined, 1],
          ])
        }
      },
    },
  ]
}
