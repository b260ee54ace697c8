import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'
import { readRepository } from '../repository.ts'
import { check } from '../check.ts'
import type { Rule } from '../rule.ts'

/** Below this package, so that what a tree imports (valibot) is found. */
const place = join(import.meta.dirname, '../../node_modules/.cache')

/** Writes a small repository into a temporary folder, which goes when the test ends. Objects are written as JSON. */
export function writeTree(files: Readonly<Record<string, string | object>>): string {
  mkdirSync(place, { recursive: true })
  const root = mkdtempSync(join(place, 'tree-'))
  onTestFinished(() => rmSync(root, { recursive: true }))
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true })
    writeFileSync(join(root, name), typeof content === 'string' ? content : JSON.stringify(content))
  }
  return root
}

/** The messages of one rule about a small repository. */
export function messages(rule: Rule, files: Readonly<Record<string, string | object>>): Promise<string[]> {
  return check(readRepository(writeTree(files)), [rule])
}

/** A package as it should be: core, a kit, an engine, a server part or an integration, by its folder. */
export function goodPackage(dir: string, changes: Readonly<Record<string, unknown>> = {}): Record<string, string | object> {
  const [, group = '', folder = group] = dir.split('/')
  const integration = ['providers', 'callbacks', 'guardrails', 'caches', 'secrets', 'strategies', 'archives'].includes(group)
  const name = `@tianjillm/${integration ? `${group}-` : ''}${folder}`
  const entry = (file: string) => ({ '@tianjillm/source': `./src/${file}.ts`, types: `./dist/${file}.d.ts`, default: `./dist/${file}.js` })
  const manifest = {
    name,
    version: '0.1.0',
    description: 'A package that keeps the rules.',
    license: 'MIT',
    type: 'module',
    engines: { node: '>=22.19.0' },
    files: ['dist', 'src', '!src/**/*.test.ts'],
    sideEffects: integration ? ['./src/register.ts', './dist/register.js'] : false,
    exports: { '.': entry('index'), ...(integration && { './register': entry('register') }) },
    ...(integration && {
      keywords: ['tianjillm-plugin'],
      peerDependencies: { '@tianjillm/core': 'workspace:^' },
      devDependencies: { '@tianjillm/core': 'workspace:^' },
    }),
    ...changes,
  }
  return {
    [`${dir}/package.json`]: manifest,
    [`${dir}/README.md`]: `# ${name}\n\nKeeps the rules.\n\n\`\`\`ts\nimport '${name}'\n\`\`\`\n`,
    [`${dir}/src/index.ts`]: 'export const answer = 42\n',
    [`${dir}/src/index.test.ts`]: 'export {}\n',
    ...(integration && {
      [`${dir}/src/register.ts`]: 'export {}\n',
      [`${dir}/src/config.ts`]: 'export {}\n',
      [`${dir}/src/plugin.ts`]: `export const plugin = { apiVersion: 1, kind: 'provider', name: '${folder}' }\n`,
    }),
  }
}
