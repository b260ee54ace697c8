import assert from 'node:assert/strict'
import type { DirectoryChange, NoFilter, RecordStore } from '@tianjillm/auth'
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

/** What every {@link ConfigurationDirectory} keeps to: the contracts of its stores, and that changes are told. Run each in a test of its name. */
export function configurationChecks(directory: () => ConfigurationDirectory | Promise<ConfigurationDirectory>): readonly StoreCheck[] {
  const names = Object.entries(storeOfKind) as readonly [ConfigurationKind, keyof ConfigurationStores][]
  const storeOf = async (name: keyof ConfigurationStores): Promise<RecordStore<Kept, NoFilter>> => (await directory())[name] as unknown as RecordStore<Kept, NoFilter>
  return [
    ...names.flatMap(([kind, name]) =>
      recordStoreChecks<Kept, NoFilter>({ ...benches[kind], store: () => storeOf(name), filters: () => [], unique: () => [], group: () => undefined }).map((check) => ({ name: `${name}: ${check.name}`, run: check.run }))),
    {
      name: 'a change is told before its write resolves',
      async run() {
        const { subscribe } = await directory()
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
  ]
}
