/** Who answers the load. */
export type TargetName = 'direct' | 'bare' | 'ours'

/** One figure of one scenario, for each target that it was taken of. */
export interface Row {
  readonly scenario: string
  readonly figure: string
  readonly values: Readonly<Partial<Record<TargetName, number>>>
  /** What the limit is about: a ratio or a difference between `ours` and another, or the value of `ours` itself. */
  readonly compared?: number
  readonly limit?: Limit
}

/** A promise of the project. */
export interface Limit {
  readonly text: string
  readonly holds: (compared: number) => boolean
}

export const atMost = (most: number, unit: string): Limit => ({ text: `<= ${most}${unit}`, holds: (compared) => compared <= most })

export const exactly = (wanted: number): Limit => ({ text: `= ${wanted}`, holds: (compared) => compared === wanted })

/** PASS or FAIL; empty for a figure without a limit, or when `ours` was not measured. */
export function verdict({ compared, limit }: Row): 'PASS' | 'FAIL' | '' {
  if (limit === undefined || compared === undefined) return ''
  return limit.holds(compared) ? 'PASS' : 'FAIL'
}

/** Whether every limit of the scenarios that ran was checked and holds. */
export function allHold(rows: readonly Row[]): boolean {
  return rows.every((row) => row.limit === undefined || verdict(row) === 'PASS')
}

/** The rows as a table of plain text, columns aligned. */
export function renderTable(rows: readonly Row[]): string {
  const lines = [
    ['scenario', 'figure', 'direct', 'bare', 'ours', 'compared', 'limit', ''],
    ...rows.map((row) => [row.scenario, row.figure, ...(['direct', 'bare', 'ours'] as const).map((name) => short(row.values[name])), short(row.compared), row.limit?.text ?? '', verdict(row)]),
  ]
  const widths = lines[0]?.map((_, column) => Math.max(...lines.map((line) => (line[column] ?? '').length))) ?? []
  return lines.map((line) => line.map((cell, column) => (column >= 2 && column <= 5 ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0))).join('  ').trimEnd()).join('\n')
}

/** Three significant digits, no exponent. */
function short(value: number | undefined): string {
  if (value === undefined) return ''
  return Number.isInteger(value) || Math.abs(value) >= 1000 ? value.toFixed(0) : value.toFixed(Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2)
}
