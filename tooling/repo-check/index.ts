import { findRoot } from '../workspace/workspace.ts'
import { check, rules } from './check.ts'
import { readRepository } from './repository.ts'
import { countDependencies } from './rules/dependencies.ts'

const repository = readRepository(findRoot(import.meta.dirname))
const problems = await check(repository)
for (const problem of problems) console.error(problem)
console.log(countDependencies(repository))
console.log(`${repository.packages.length} packages, ${rules.length} rules, ${problems.length} problems`)
process.exitCode = problems.length === 0 ? 0 : 1
