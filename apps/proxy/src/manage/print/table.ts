import { cell } from './cell.ts'
import type { Column } from './column.ts'
import { faint, type Screen, strong } from './screen.ts'
import { fit, widthOf } from './width.ts'

const GAP = 2
/** A column that is cut shows this much at least; where not even that fits, each row becomes a record. */
const NARROWEST = 8

const valueOf = (row: object, { field, form }: Column): string => cell((row as Readonly<Record<string, unknown>>)[field], form)

/** Rows below their titles, as wide as the screen allows. */
export function table(rows: readonly object[], columns: readonly Column[], screen: Screen): string {
  const cells = rows.map((row) => columns.map((column) => valueOf(row, column)))
  const titles = columns.map(({ title }) => title.toUpperCase())
  const wanted = columns.map((_, i) => Math.max(widthOf(titles[i]!), ...cells.map((line) => widthOf(line[i]!))))
  const widths = shrink(wanted, screen.width - GAP * (columns.length - 1))
  if (widths === undefined) return rows.map((row) => record(row, columns, screen)).join('\n\n')
  const align = columns.map(({ form }) => (form === 'usd' || form === 'whole' ? 'right' : 'left'))
  const line = (texts: readonly string[]): string => texts.map((text, i) => fit(text, widths[i]!, align[i])).join(' '.repeat(GAP)).trimEnd()
  return [strong(line(titles), screen), ...cells.map(line)].join('\n')
}

/** One row, a field a line; fields without a value are left out. */
export function record(row: object, columns: readonly Column[], screen: Screen): string {
  const shown = columns.map((column) => [column.title, valueOf(row, column)] as const).filter(([, value]) => value !== '-')
  const width = Math.max(0, ...shown.map(([title]) => widthOf(title)))
  return shown.map(([title, value]) => `${faint(fit(title, width), screen)}  ${value}`).join('\n')
}

/** Takes from the widest until all fit; undefined when they cannot. */
function shrink(wanted: readonly number[], room: number): readonly number[] | undefined {
  const widths = [...wanted]
  let over = widths.reduce((sum, width) => sum + width, 0) - room
  while (over > 0) {
    const widest = Math.max(...widths)
    if (widest <= NARROWEST) return undefined
    widths[widths.indexOf(widest)] = widest - 1
    over -= 1
  }
  return widths
}
