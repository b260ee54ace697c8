export { directoryChecks, keyStoreChecks, teamStoreChecks, userStoreChecks } from './checks/directory.ts'
export { keyRecord, teamRecord, userRecord } from './checks/records.ts'
export { type RecordBench, recordStoreChecks, type StoreCheck } from './checks/record-store.ts'
