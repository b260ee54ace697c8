import type { Usage } from '@tianjillm/core'

/** Looks at a passing stream for what its bytes alone do not tell, and shows it as the caller is to see it. */
export interface EventWatch {
  /** Whole events, as byte text; what comes back goes out. */
  see(text: string): string
  /** Whether whole events say nothing yet but that an answer was begun: until something else comes, another deployment may answer. */
  isEarly(text: string): boolean
  /** Whether the answer came to its end. */
  readonly complete: boolean
  readonly usage: Usage | undefined
}
