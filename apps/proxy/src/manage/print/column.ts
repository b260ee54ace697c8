/** How a value reads best. */
export type Form = 'text' | 'usd' | 'moment' | 'list' | 'whole' | 'yes'

/** A column of a table, or a line of a record. */
export interface Column {
  readonly field: string
  /** What stands above or before it. */
  readonly title: string
  readonly form: Form
}

/** A column; without a title the field's own name. */
export const column = <const Name extends string>(field: Name, title: string = field.replaceAll('_', ' '), form: Form = 'text'): Column & { readonly field: Name } => ({ field, title, form })

/** Columns that are named as their fields. */
export const usdColumn = <const Name extends string>(field: Name, title?: string): Column & { readonly field: Name } => column(field, title, 'usd')
export const listColumn = <const Name extends string>(field: Name, title?: string): Column & { readonly field: Name } => column(field, title, 'list')
export const momentColumn = <const Name extends string>(field: Name, title?: string): Column & { readonly field: Name } => column(field, title, 'moment')
export const wholeColumn = <const Name extends string>(field: Name, title?: string): Column & { readonly field: Name } => column(field, title, 'whole')
export const yesColumn = <const Name extends string>(field: Name, title?: string): Column & { readonly field: Name } => column(field, title, 'yes')
