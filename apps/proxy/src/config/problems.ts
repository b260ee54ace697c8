/** One thing that is wrong with a configuration. */
export interface Problem {
  /** Where: `model_list[0].litellm_params.api_key`. */
  readonly path: string
  /** What is wrong and what to do. */
  readonly message: string
  /** `error` keeps the proxy from starting; `warning` is logged. */
  readonly severity: 'error' | 'warning'
}

/** Gathers problems, so that all are told at once. */
export class Problems {
  readonly list: Problem[] = []

  error(path: string, message: string): void {
    this.list.push({ path, message, severity: 'error' })
  }

  warn(path: string, message: string): void {
    this.list.push({ path, message, severity: 'warning' })
  }

  get errors(): readonly Problem[] {
    return this.list.filter(({ severity }) => severity === 'error')
  }

  get warnings(): readonly Problem[] {
    return this.list.filter(({ severity }) => severity === 'warning')
  }
}

/** A configuration cannot be used. The message lists every problem. */
export class ConfigError extends Error {
  readonly problems: readonly Problem[]

  constructor(source: string, problems: readonly Problem[]) {
    const lines = problems.map(({ path, message }) => `  ${path === '' ? '(file)' : path}: ${message}`)
    super(`${source} has ${problems.length} problem${problems.length === 1 ? '' : 's'}:\n${lines.join('\n')}`)
    this.name = 'ConfigError'
    this.problems = problems
  }
}

/** `a`, `a.b`, `a[0].b` */
export function pathOf(keys: readonly (string | number)[]): string {
  return keys.reduce<string>((path, key) => (typeof key === 'number' || /^\d+$/.test(key) ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`), '')
}
