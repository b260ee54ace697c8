/** One thing that a suite demands: a name, and a body that throws when it is not so. */
export interface Check {
  readonly name: string
  readonly run: () => void | Promise<void>
  /** Why it does not run here. */
  readonly skipped?: string | undefined
}

/** Checks that an author switches off, each with the reason. A key is a check's name, or what stands before or after `: ` in it. */
export type Skips = Readonly<Record<string, string>>

/** Marks what `skip` names. Throws for a key that no check has: a typing error must not pass for a reason. */
export function withSkips(checks: readonly Check[], skip: Skips = {}): Check[] {
  for (const name of Object.keys(skip)) {
    if (!checks.some((check) => isNamed(check, name))) throw new Error(`\`skip\` names "${name}", which is no check of this suite. There are: ${checks.map((check) => check.name).join('; ')}.`)
  }
  return checks.map((check) => {
    const reason = Object.entries(skip).find(([name]) => isNamed(check, name))?.[1]
    return reason === undefined ? check : { ...check, skipped: reason }
  })
}

function isNamed(check: Check, name: string): boolean {
  return check.name === name || check.name.endsWith(`: ${name}`) || check.name.startsWith(`${name}: `)
}
