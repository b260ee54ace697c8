import type { Author, RecordStore } from '@tianjillm/auth'

/** A store that nobody writes to without saying who. */
export type AuditedStore<Store> = Store extends RecordStore<infer Record, infer _>
  ? Omit<Store, 'insert' | 'update' | 'delete'> & {
    insert(record: Record, author: Author): ReturnType<Store['insert']>
    update(record: Record, author: Author): ReturnType<Store['update']>
    delete(id: string, author: Author): Promise<boolean>
  }
  : never
