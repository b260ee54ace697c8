import { type Package, isPublished, sourceCondition } from '../../workspace/workspace.ts'
import type { Repository } from '../repository.ts'
import type { Problem, Rule } from '../rule.ts'

const wantedFiles = ['dist', 'src', '!src/**/*.test.ts']
const configFiles = ['tsconfig.json', 'tsup.config.ts', 'vitest.config.ts', '.oxlintrc.json', 'turbo.json']

/** The npm name that a folder calls for. */
export function npmName(pkg: Package): string {
  return `@tianjillm/${pkg.kind ? `${pkg.kind}-` : ''}${pkg.folder}`
}

/** Every published package has the same package.json and the same few files; integrations have a little more. */
export const shape: Rule = {
  name: 'shape',
  check: (repository) => repository.packages.filter(isPublished).flatMap((pkg) => [
    ...checkManifest(pkg),
    ...checkExports(repository, pkg),
    ...checkNoConfig(repository, pkg),
    ...(pkg.layer === 'integration' ? checkIntegration(repository, pkg) : []),
  ]),
}

function checkManifest(pkg: Package): Problem[] {
  const { manifest } = pkg
  const wanted: [keyof typeof manifest, boolean, string][] = [
    ['name', pkg.layer === 'apps' || manifest.name === npmName(pkg), `"name": "${npmName(pkg)}"`],
    ['version', /^\d+\.\d+\.\d+/.test(manifest.version ?? ''), '"version": "0.1.0"'],
    ['description', (manifest.description ?? '').length > 10, 'a "description" of one sentence'],
    ['license', manifest.license === 'MIT', '"license": "MIT"'],
    ['type', manifest.type === 'module', '"type": "module"'],
    ['engines', manifest.engines?.['node'] !== undefined, '"engines": { "node": ">=22.19.0" }'],
    ['sideEffects', manifest.sideEffects !== undefined, '"sideEffects": false (or the list of files that have them)'],
    ['files', wantedFiles.every((entry) => manifest.files?.includes(entry)), `"files" with ${wantedFiles.map((entry) => `"${entry}"`).join(', ')}`],
  ]
  return wanted.filter(([, holds]) => !holds).map(([field, , want]) => ({
    where: `${pkg.dir}/package.json`,
    what: `\`${field}\` is ${JSON.stringify(manifest[field]) ?? 'missing'}: packages of this kind have ${want}.`,
    fix: `Write ${want}.`,
  }))
}

function checkExports(repository: Repository, pkg: Package): Problem[] {
  const where = `${pkg.dir}/package.json`
  const { exports, bin } = pkg.manifest
  if (exports === undefined) return bin === undefined ? [{ where, what: 'There is neither `exports` nor `bin`: nobody can use the package.', fix: 'Add "exports" with a "." entry.' }] : []
  return Object.entries(exports).flatMap(([path, target]): Problem[] => {
    if (path === './package.json') return []
    const name = path === '.' ? 'index' : path.slice(2)
    const want = `{ "${sourceCondition}": "./src/${name}.ts", "types": "./dist/${name}.d.ts", "default": "./dist/${name}.js" }`
    if (typeof target === 'string' || Object.keys(target).join() !== `${sourceCondition},types,default`) {
      return [{ where, what: `exports["${path}"] must have the conditions ${sourceCondition}, types, default, in this order.`, fix: `Write ${want}.` }]
    }
    const source = target[sourceCondition] as string
    const built = source.replace('./src/', './dist/').replace(/\.ts$/, '')
    if (target['types'] !== `${built}.d.ts` || target['default'] !== `${built}.js`) {
      return [{ where, what: `exports["${path}"]: what the build makes of ${source} is ${built}.js and ${built}.d.ts.`, fix: 'Name these two under `default` and `types`.' }]
    }
    if (repository.text(`${pkg.dir}/${source.slice(2)}`) === undefined) return [{ where, what: `exports["${path}"] names ${source}, which does not exist.`, fix: 'Write the file or remove the entry.' }]
    return []
  })
}

function checkNoConfig(repository: Repository, pkg: Package): Problem[] {
  return configFiles.filter((file) => repository.text(`${pkg.dir}/${file}`) !== undefined).map((file) => ({
    where: `${pkg.dir}/${file}`,
    what: 'Packages have no configuration files of their own.',
    fix: 'Remove it; the one in the root covers every package.',
  }))
}

function checkIntegration(repository: Repository, pkg: Package): Problem[] {
  const where = `${pkg.dir}/package.json`
  const { manifest } = pkg
  const problems: Problem[] = []
  const want = (holds: boolean, what: string, fix: string) => {
    if (!holds) problems.push({ where, what, fix })
  }
  want(manifest.exports?.['.'] !== undefined && manifest.exports['./register'] !== undefined, 'An integration exports "." (pure) and "./register" (registers itself when imported).', 'Add the missing entry to "exports".')
  want(JSON.stringify(manifest.sideEffects) === '["./src/register.ts","./dist/register.js"]', '`sideEffects` must list only the register entry, so that the main entry can be shaken away.', 'Write "sideEffects": ["./src/register.ts", "./dist/register.js"].')
  want(manifest.keywords?.includes('tianjillm-plugin') === true, 'The keyword by which plugins are found is missing.', 'Add "keywords": ["tianjillm-plugin"].')
  want(manifest.peerDependencies?.['@tianjillm/core'] === 'workspace:^' && manifest.devDependencies?.['@tianjillm/core'] === 'workspace:^' && manifest.dependencies?.['@tianjillm/core'] === undefined, 'Core is a peer of an integration: the program that hosts it brings the one copy.', 'Write "@tianjillm/core": "workspace:^" under peerDependencies and devDependencies, and nowhere else.')
  for (const file of ['src/plugin.ts', 'src/config.ts']) {
    want(repository.text(`${pkg.dir}/${file}`) !== undefined, `An integration has ${file}.`, file === 'src/plugin.ts' ? 'Put the frozen plugin object there.' : 'Put the config schema there (valibot `strictObject`, secrets marked).')
  }
  return problems
}
