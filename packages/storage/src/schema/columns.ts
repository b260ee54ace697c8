import { customType, timestamp } from 'drizzle-orm/pg-core'

/** A moment, to the millisecond. */
export const moment = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: 'date' })

/** Text that is ordered by its bytes, whatever the database's collation: pages go on where they ended. */
export const plainText = customType<{ data: string }>({ dataType: () => 'text collate "C"' })
