import { optionsTable, pluginOf, withOptions } from '../options-table.ts'
import type { Problem, Rule } from '../rule.ts'

/** The options table in an integration's README is the one that its schema gives. */
export const optionsDoc: Rule = {
  name: 'options-doc',
  async check(repository) {
    const problems: Problem[] = []
    for (const pkg of repository.packages.filter(({ layer }) => layer === 'integration')) {
      const where = `${pkg.dir}/README.md`
      const text = repository.text(where)
      const plugin = text === undefined ? undefined : await pluginOf(repository.root, pkg)
      if (text === undefined || plugin === undefined) continue
      const wanted = withOptions(text, optionsTable(plugin))
      if (wanted === undefined) problems.push({ where, what: 'There is no place for the options table.', fix: 'Write `<!-- options -->` below an `## Options` heading and run `pnpm docs:options`.' })
      else if (wanted !== text) problems.push({ where, what: 'The options table differs from the config schema.', fix: 'Run `pnpm docs:options`.' })
    }
    return problems
  },
}
