import { parseArgs } from 'node:util'

/** The command line of the benchmark. */
export interface Options {
  readonly quick: boolean
  readonly strict: boolean
  /** Measure the sources even if there is a built proxy. */
  readonly source: boolean
  /** Our proxy's `--database`: `none`, `embedded` or a URL. */
  readonly database: string
  /** The load brings a virtual key with budgets and limits, and not the master key. */
  readonly keys: boolean
  /** The scenarios to run; empty: all. */
  readonly only: readonly string[]
}

/** @throws for an unknown option or scenario, naming what there is. */
export function parseOptions(args: readonly string[], scenarios: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args].filter((arg) => arg !== '--'),
    options: {
      quick: { type: 'boolean', default: false },
      strict: { type: 'boolean', default: false },
      source: { type: 'boolean', default: false },
      database: { type: 'string', default: 'none' },
      keys: { type: 'boolean', default: false },
      only: { type: 'string', multiple: true, default: [] },
    },
  })
  const only = values.only.flatMap((names) => names.split(','))
  const unknown = only.filter((name) => !scenarios.includes(name))
  if (unknown.length > 0) throw new Error(`no scenario "${unknown.join('", "')}"; there are ${scenarios.join(', ')}`)
  return { quick: values.quick, strict: values.strict, source: values.source, database: values.database, keys: values.keys, only }
}
