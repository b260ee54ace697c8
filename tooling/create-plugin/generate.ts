import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { IntegrationKind } from '../workspace/workspace.ts'

/** What can be made, and for each the folder of `packages/` that it goes to and the kits that its template uses. */
export const kinds = {
  provider: { folder: 'providers', kits: ['@tianjillm/provider-kit'] },
  callback: { folder: 'callbacks', kits: ['@tianjillm/callback-kit'] },
  guardrail: { folder: 'guardrails', kits: [] },
  cache: { folder: 'caches', kits: [] },
  secrets: { folder: 'secrets', kits: [] },
  strategy: { folder: 'strategies', kits: [] },
  archive: { folder: 'archives', kits: [] },
} as const satisfies Record<string, { folder: IntegrationKind; kits: readonly string[] }>

export type Kind = keyof typeof kinds

/** What to make. */
export interface Order {
  readonly kind: Kind
  /** Lower-case words joined with `-`; the folder's name and the plugin's. */
  readonly name: string
}

/** @throws when the words are not `KIND NAME`, saying what they may be. */
export function parseOrder(words: readonly string[]): Order {
  const [kind = '', name = '', ...rest] = words
  if (!Object.hasOwn(kinds, kind) || name === '' || rest.length > 0) throw new Error(`usage: pnpm create-plugin KIND NAME, with a kind of ${Object.keys(kinds).join(', ')}`)
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) throw new Error(`"${name}": a name is lower-case words joined with "-", like "acme-ai"`)
  return { kind: kind as Kind, name }
}

const templates = join(import.meta.dirname, 'templates')

/**
 * Writes the package below `root` and answers its files, from the root.
 * @throws when the folder exists: nothing is overwritten.
 */
export function generate(root: string, order: Order): string[] {
  const dir = `packages/${kinds[order.kind].folder}/${order.name}`
  if (existsSync(join(root, dir))) throw new Error(`${dir} exists already`)
  const words = placeholders(order)
  return ['any', order.kind].flatMap((folder) =>
    globSync('**/*.tmpl', { cwd: join(templates, folder) }).sort().map((template) => {
      const file = `${dir}/${template.replaceAll('\\', '/').slice(0, -'.tmpl'.length)}`
      mkdirSync(dirname(join(root, file)), { recursive: true })
      writeFileSync(join(root, file), fill(readFileSync(join(templates, folder, template), 'utf8'), words))
      return file
    }))
}

function placeholders({ kind, name }: Order): Readonly<Record<string, string>> {
  const pascal = name.split('-').map(capital).join('')
  return {
    kind,
    name,
    package: `@tianjillm/${kinds[kind].folder}-${name}`,
    title: name.split('-').map(capital).join(' '),
    pascal,
    camel: pascal.charAt(0).toLowerCase() + pascal.slice(1),
    env: name.toUpperCase().replaceAll('-', '_'),
    kits: kinds[kind].kits.map((kit) => `"${kit}": "workspace:^", `).join(''),
  }
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)

function fill(text: string, words: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\{\{(\w+)\}\}/g, (mark, word: string) => {
    const value = words[word]
    if (value === undefined) throw new Error(`a template has the unknown placeholder ${mark}`)
    return value
  })
}
