export { openStorage, type Storage, type StorageOptions } from './open-storage.ts'
export type { RetentionWishes } from './retention.ts'
export { weekOf } from './ledger/partitions.ts'
export { addUsage } from './ledger/usage-columns.ts'
