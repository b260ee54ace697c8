import type { Rule } from '../rule.ts'

/** No package is called after what it is not. */
export const packageNames: Rule = {
  name: 'package-names',
  check: (repository) => repository.packages
    .filter((pkg) => /(^|[-_/])(utils?|common|shared|helpers?|misc)($|[-_])/.test(`${pkg.folder}/${pkg.manifest.name?.split('/').at(-1)}`))
    .map((pkg) => ({
      where: `${pkg.dir}/package.json`,
      what: `"${pkg.folder}" says nothing about what is inside.`,
      fix: 'Move each helper to its only user; at the second user, to the kit whose subject it is.',
    })),
}
