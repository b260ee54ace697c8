import type { Limit, Row, TargetName } from '../report.ts'
import { median, paired } from '../statistics.ts'

/** A row with the medians of each series, and `ours` against `base`, round by round. */
export function compare(scenario: string, figure: string, series: Readonly<Partial<Record<TargetName, readonly number[]>>>, against?: { base: TargetName; combine: (value: number, base: number) => number; limit: Limit }): Row {
  const values = Object.fromEntries(Object.entries(series).map(([name, rounds]) => [name, median(rounds)]))
  const [ours, base] = [series.ours, against && series[against.base]]
  return {
    scenario,
    figure,
    values,
    ...(against && { limit: against.limit }),
    ...(against && ours && base && { compared: paired(ours, base, against.combine) }),
  }
}

/** Takes one field out of a series of results. */
export function field<Key extends string>(series: Readonly<Partial<Record<TargetName, readonly Readonly<Record<Key, number>>[]>>>, key: Key): Partial<Record<TargetName, number[]>> {
  return Object.fromEntries(Object.entries(series).map(([name, rounds]) => [name, rounds.map((round) => round[key])]))
}
