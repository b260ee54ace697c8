import { parseSync, Visitor } from 'oxc-parser'
import type { Package } from '../../workspace/workspace.ts'
import { isTestFile, type Repository } from '../repository.ts'
import type { Rule } from '../rule.ts'

/** Names of integrations that are also words: of a dialect, of a protocol, of English. */
const words = new Set([
  // Dialects (core's `Dialect`): formats that callers speak, whoever serves them.
  'openai', 'anthropic', 'gemini', 'bedrock', 'cohere',
  // General words.
  'memory', 'disk', 'dual', 'redis', 'webhook', 'generic', 'http', 'email', 'env', 'file', 'custom',
])

const blind = new Set(['core', 'kits', 'engines', 'storage', 'server'])

/** Nothing outside an integration's folder names it: no switch, no table, no special case. */
export const integrationNames: Rule = {
  name: 'integration-names',
  check(repository) {
    const owners = new Map<string, Package>()
    for (const pkg of repository.packages) for (const name of namesOf(repository, pkg)) if (!words.has(name)) owners.set(name, pkg)
    return repository.packages.filter((pkg) => blind.has(pkg.layer)).flatMap((pkg) =>
      repository.files(pkg).filter((file) => !isTestFile(file)).flatMap((file) =>
        repository.source(file).strings.filter(({ value }) => owners.has(value)).map(({ value, line }) => ({
          where: `${file}:${line}`,
          what: `"${value}" names the integration in ${owners.get(value)?.dir}; this layer knows none.`,
          fix: 'Let the plugin say what differs, through the contract. If the word means something else here, add it to `words` in tooling/repo-check/rules/integration-names.ts.',
        }))))
  },
}

/** The folder's name, and the `name` and `aliases` of the plugin object. */
function namesOf(repository: Repository, pkg: Package): string[] {
  if (pkg.layer !== 'integration') return []
  const file = `${pkg.dir}/src/plugin.ts`
  const names = [pkg.folder, pkg.folder.replaceAll('-', '_')]
  new Visitor({
    ObjectExpression(node) {
      const fields = new Map(node.properties.flatMap((property) => (property.type === 'Property' && property.key.type === 'Identifier' ? [[property.key.name, property.value] as const] : [])))
      if (!fields.has('apiVersion')) return
      for (const field of [fields.get('name'), fields.get('aliases')]) {
        for (const value of field?.type === 'ArrayExpression' ? field.elements : [field]) {
          if (value?.type === 'Literal' && typeof value.value === 'string') names.push(value.value)
        }
      }
    },
  }).visit(parseSync(file, repository.text(file) ?? '').program)
  return names
}
