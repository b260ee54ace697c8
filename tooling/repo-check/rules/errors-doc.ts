import { currentErrors, errorsPage } from '../errors-page.ts'
import type { Rule } from '../rule.ts'

/** docs/errors.md says what core's table says. */
export const errorsDoc: Rule = {
  name: 'errors-doc',
  async check(repository) {
    const wanted = await currentErrors(repository.root)
    if (wanted === undefined || repository.text(errorsPage) === wanted) return []
    return [{ where: errorsPage, what: 'The page differs from the error table in packages/core/src/error-table.ts.', fix: 'Run `pnpm docs:errors`.' }]
  },
}
