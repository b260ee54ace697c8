import type { KeyRecord } from '@tianjillm/auth'
import * as v from 'valibot'
import { instant } from './fields.ts'

/** A moment as ISO text; null: never, or unknown. */
export const moment = v.nullable(v.string())
export const textOrNone = v.nullable(v.string())
export const numberOrNone = v.nullable(v.number())
export const words = v.array(v.string())
/** A schema that document and clients know by name. */
export const named = <const Schema extends v.GenericSchema>(name: string, schema: Schema) => v.pipe(schema, v.title(name))

export const openRecord = v.record(v.string(), v.unknown())

/** When a row was made and changed, and by whom. */
export const stampsAnswer = { created_at: moment, created_by: v.string(), updated_at: moment, updated_by: v.string() }

export function stampsToWire({ createdAt, createdBy, updatedAt, updatedBy }: Pick<KeyRecord, 'createdAt' | 'createdBy' | 'updatedAt' | 'updatedBy'>) {
  return { created_at: instant(createdAt), created_by: createdBy, updated_at: instant(updatedAt), updated_by: updatedBy }
}
