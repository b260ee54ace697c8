import type { Repository } from './repository.ts'

/** One way in which the tree breaks a rule. */
export interface Problem {
  /** File, or file and line: `packages/core/src/index.ts:3`. */
  readonly where: string
  /** What is so, and what the rule wants. One sentence. */
  readonly what: string
  /** What to do about it. One sentence. */
  readonly fix: string
}

/** A rule of the house: one file, one subject. */
export interface Rule {
  readonly name: string
  check(repository: Repository): readonly Problem[] | Promise<readonly Problem[]>
}
