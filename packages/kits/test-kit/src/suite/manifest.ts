import assert from 'node:assert/strict'
import { createRegistry, type Host, type Plugin, type PluginBase, type PluginKind } from '@tianjillm/core'
import { createFakeClock } from '../fakes/clock.ts'
import { createTestHost } from '../fakes/host.ts'
import type { Check } from './check.ts'

/** A plugin of any kind, as a suite takes it: the config's type is the author's affair. */
export interface AnyPlugin<Kind extends PluginKind, Instance> extends Omit<PluginBase<Kind, Instance, unknown>, 'create'> {
  // A method with `never`: a plugin whose `create` takes its own config type fits.
  create(config: never, host: Host): Instance | Promise<Instance>
}

/** Validates a config and makes an instance, as the gateway does. Rejects with the issues and their paths. */
export async function createInstance<Instance>(plugin: AnyPlugin<PluginKind, Instance>, config: unknown, host: Host): Promise<Instance> {
  const result = await plugin.config['~standard'].validate(config)
  if (result.issues !== undefined) throw new Error(`The config that the suite was given is refused: ${issueLines(result.issues).join('; ')}.`)
  return plugin.create(result.value as never, host)
}

interface Issue {
  readonly message: string
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined
}

const pathOf = ({ path = [] }: Issue): string => path.map((step) => String(typeof step === 'object' ? step.key : step)).join('.')
const issueLines = (issues: readonly Issue[]): string[] => issues.map((issue) => `${pathOf(issue)}: ${issue.message}`)

/** What every plugin owes, whatever its kind. */
export function manifestChecks(plugin: AnyPlugin<PluginKind, { close?(signal: AbortSignal): unknown }>, config: unknown): Check[] {
  return [
    { name: 'the manifest is well formed', run: () => checkManifest(plugin) },
    { name: 'the config refuses unknown keys with their path', run: () => checkConfig(plugin, config) },
    { name: 'creating an instance does no I/O', run: () => checkCreate(plugin, config) },
  ]
}

function checkManifest(plugin: AnyPlugin<PluginKind, unknown>): void {
  assert.ok(Object.isFrozen(plugin), 'The plugin object must be frozen (Object.freeze).')
  createRegistry().register(plugin as unknown as Plugin)
  assert.match(plugin.version, /^\d+\.\d+\.\d+/, '`version` must be the package\'s version.')
  for (const [key, names] of Object.entries(plugin.env ?? {})) {
    assert.ok(names.length > 0 && names.every((name) => /^[A-Z][A-Z0-9_]*$/.test(name)), `\`env.${key}\` must list names of environment variables.`)
  }
}

async function checkConfig(plugin: AnyPlugin<PluginKind, unknown>, config: unknown): Promise<void> {
  const { validate } = plugin.config['~standard']
  const good = await validate(config)
  assert.equal(good.issues, undefined, `The suite's config is refused: ${issueLines(good.issues ?? []).join('; ')}`)
  assert.ok((await validate({ unknown_key: 1 })).issues !== undefined, 'The config accepts `{ unknown_key: 1 }`. Use a strict object.')
  const { issues } = await validate({ ...(config as object), unknown_key: 1 })
  assert.ok(issues?.map(pathOf).includes('unknown_key'), `An unknown key must be an issue with its path, found: ${issueLines(issues ?? []).join('; ') || 'none'}.`)
  for (const wrong of [null, 'text', 7]) assert.ok((await validate(wrong)).issues !== undefined, `The config accepts ${JSON.stringify(wrong)}.`)
}

async function checkCreate(plugin: AnyPlugin<PluginKind, { close?(signal: AbortSignal): unknown }>, config: unknown): Promise<void> {
  const clock = createFakeClock()
  const attempts: string[] = []
  const refuse = (url: string): never => {
    attempts.push(url)
    throw new Error('No I/O before the first call.')
  }
  const host = createTestHost({ clock, http: { open: ({ url }) => refuse(url), send: async ({ url }) => refuse(url) } })
  const realFetch = globalThis.fetch
  globalThis.fetch = async (input) => refuse(String(input))
  try {
    const instance = await createInstance(plugin, config, host)
    assert.deepEqual(attempts, [], 'Creating an instance sent requests.')
    await instance.close?.(AbortSignal.timeout(5_000))
    assert.equal(clock.pending(), 0, '`close` left timers on the clock.')
  } finally {
    globalThis.fetch = realFetch
  }
}
