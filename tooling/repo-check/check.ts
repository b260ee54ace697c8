import type { Repository } from './repository.ts'
import type { Problem, Rule } from './rule.ts'
import { cycles } from './rules/cycles.ts'
import { dependencies } from './rules/dependencies.ts'
import { errorsDoc } from './rules/errors-doc.ts'
import { integrationNames } from './rules/integration-names.ts'
import { layers } from './rules/layers.ts'
import { optionsDoc } from './rules/options-doc.ts'
import { packageNames } from './rules/package-names.ts'
import { readme } from './rules/readme.ts'
import { shape } from './rules/shape.ts'
import { testsPresent } from './rules/tests-present.ts'

/** Every rule of the house. */
export const rules: readonly Rule[] = [shape, layers, cycles, packageNames, integrationNames, dependencies, readme, testsPresent, errorsDoc, optionsDoc]

/** Runs rules over a tree; each answer is a line that says where, which rule, what, and the fix. */
export async function check(repository: Repository, which: readonly Rule[] = rules): Promise<string[]> {
  const lines: string[] = []
  for (const rule of which) for (const problem of await rule.check(repository)) lines.push(line(rule, problem))
  return lines
}

function line(rule: Rule, { where, what, fix }: Problem): string {
  return `${where}: [${rule.name}] ${what} Fix: ${fix}`
}
