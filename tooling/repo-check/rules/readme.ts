import { isPublished } from '../../workspace/workspace.ts'
import type { Problem, Rule } from '../rule.ts'

const firstLines = 25
const longest = 80

/** A README says what the package is called and shows it at work, before anything else. */
export const readme: Rule = {
  name: 'readme',
  check: (repository) => repository.packages.filter(isPublished).flatMap((pkg): Problem[] => {
    const where = `${pkg.dir}/README.md`
    const text = repository.text(where)
    if (text === undefined) return [{ where, what: 'The package has no README.', fix: 'Write one: a sentence, a runnable example, install, options.' }]
    const lines = text.split('\n')
    const problems: Problem[] = []
    if (lines[0] !== `# ${pkg.manifest.name}`) problems.push({ where: `${where}:1`, what: `The first line is ${JSON.stringify(lines[0])}.`, fix: `Write \`# ${pkg.manifest.name}\`.` })
    if (pkg.layer !== 'apps' && !lines.slice(0, firstLines).some((line) => /^```(ts|typescript)\b/.test(line))) {
      problems.push({ where, what: `There is no \`\`\`ts block in the first ${firstLines} lines: the example comes first.`, fix: 'Move a runnable example up, below the first sentence.' })
    }
    if (pkg.layer === 'integration' && lines.length > longest) problems.push({ where, what: `${lines.length} lines: a README of an integration has at most ${longest}.`, fix: 'Leave out what the options table or the plugin guide says already.' })
    return problems
  }),
}
