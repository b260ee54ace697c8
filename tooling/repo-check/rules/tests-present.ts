import { isPublished } from '../../workspace/workspace.ts'
import type { Rule } from '../rule.ts'

/** Every package is tested where it lives. */
export const testsPresent: Rule = {
  name: 'tests-present',
  check: (repository) => repository.packages
    .filter((pkg) => isPublished(pkg) && !repository.files(pkg).some((file) => file.endsWith('.test.ts')))
    .map((pkg) => ({
      where: pkg.dir,
      what: 'There is no *.test.ts.',
      fix: pkg.layer === 'integration' ? 'Call the contract suite of @tianjillm/test-kit from src/plugin.test.ts.' : 'Put tests beside the code, through the public interface.',
    })),
}
