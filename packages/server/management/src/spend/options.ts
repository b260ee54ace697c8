import type { Archiver, ArchiveReader } from '@tianjillm/archive'
import type { SpendReader } from '@tianjillm/spend'
import type { ManagementOptions } from '../service.ts'

/** What the routes that tell what was spent work on. */
export interface SpendOptions extends ManagementOptions {
  readonly spend: SpendReader
  /** Knows which calls are not in the ledger any more; absent: all are. */
  readonly archives?: ArchiveReader
  /** What moves old calls to a cold store; absent: nothing does. */
  readonly archiving?: Archiving
}

export interface Archiving {
  readonly archiver: Archiver
  /** The cold store's plugin, and its address. */
  readonly storageType: string
  readonly location: string
}
