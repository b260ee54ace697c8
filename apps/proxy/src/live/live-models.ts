import type { ConfigurationSnapshot, ModelRecord, Sealer } from '@tianjillm/configuration'
import { type Clock, type Host, isGatewayError, type Log } from '@tianjillm/core'
import type { Deployment } from '@tianjillm/gateway'
import { type Environment, schemaKeys } from '../compose/configure-plugin.ts'
import { credentialNameOf, withCredential } from '../compose/credentials.ts'
import { type DeploymentFactory, namedIn, type Origin, paramsOf } from '../compose/deployment-factory.ts'
import { Problems } from '../config/problems.ts'
import { REFERENCE } from '../config/references.ts'
import type { ModelEntry } from '../config/schema.ts'
import type { PluginLoader } from '../plugins/load-plugin.ts'
import { isAddressKey, isOperatorKey, isSecretKey } from './key-marks.ts'
import type { Retirement } from './retirement.ts'

/** An entry that is made while the proxy runs: a stored model, or one of the file that names a stored credential. */
export interface LiveModel {
  readonly id: string
  readonly entry: ModelEntry
  readonly record: ModelRecord | undefined
  readonly deployment: Deployment | undefined
  /** Why there is no deployment. */
  readonly problem: string | undefined
}

/** An entry of the file, with its id and its place there. */
export interface FileEntry {
  readonly id: string
  readonly entry: ModelEntry
  readonly path: string
}

export interface LiveModelSources {
  readonly factory: DeploymentFactory
  /** Of `credential_list`, by name. */
  readonly fileCredentials: ReadonlyMap<string, Readonly<Record<string, unknown>>>
  readonly loader: PluginLoader
  readonly sealer: Sealer
  readonly env: Environment
  /** For those whose addresses the operator set in the file, and for the others. */
  readonly hosts: { readonly operator: Host; readonly checked: Host }
  readonly retirement: Retirement
  readonly clock: Clock
  readonly log: Log
}

const none: ReadonlySet<string> = new Set()

/** How LiteLLM writes a reference to the identity of the machine. */
const IDENTITY_TOKEN = 'oidc/'

/** Makes deployments of stored models; those that did not change stay the objects that they were. */
export class LiveModels {
  readonly #sources: LiveModelSources
  readonly #waiting: readonly FileEntry[]
  #made = new Map<string, { readonly from: string; readonly model: LiveModel }>()
  /** Params that may be shown, by provider. */
  readonly #shown = new Map<string, ReadonlySet<string>>()

  /** @param waiting entries of the file that name a stored credential */
  constructor(sources: LiveModelSources, waiting: readonly FileEntry[]) {
    this.#sources = sources
    this.#waiting = waiting
  }

  /** What the snapshot says. @param taken ids that the file has */
  async update(snapshot: ConfigurationSnapshot, taken: ReadonlySet<string>): Promise<readonly LiveModel[]> {
    const made = new Map<string, { readonly from: string; readonly model: LiveModel }>()
    const keep = async (id: string, credential: string | undefined, version: number, make: () => Promise<LiveModel>): Promise<void> => {
      const from = `${version} ${credential === undefined ? '' : JSON.stringify([credential, snapshot.credentials.get(credential)?.version])}`
      const before = this.#made.get(id)
      made.set(id, before?.from === from ? before : { from, model: await make() })
    }
    for (const file of this.#waiting) await keep(file.id, credentialNameOf(file.entry), 0, () => this.#fromFile(file, snapshot))
    for (const record of snapshot.models.values()) {
      const opened = taken.has(record.id) ? 'the config file has a model of the same id, which is called instead.' : this.#open(record)
      await keep(record.id, typeof opened === 'string' ? undefined : credentialNameOf(opened), record.version, () => this.#fromRecord(record, opened, snapshot))
    }
    for (const [id, { model: { deployment } }] of this.#made) if (deployment && made.get(id)?.model.deployment !== deployment) this.#sources.retirement.retire(deployment)
    this.#made = made
    return [...made.values()].map(({ model }) => model)
  }

  /** Makes a deployment to see whether it can be made. @returns what is wrong */
  async check(id: string, entry: ModelEntry, snapshot: ConfigurationSnapshot): Promise<readonly { readonly path: string; readonly message: string }[]> {
    const problems = new Problems()
    const deployment = await this.#build({ ...entry, model_info: { ...entry.model_info, id } }, '', snapshot, problems, 'database')
    await this.shownKeys(entry)
    if (deployment) await deployment.provider.close?.()
    return deployment ? [] : problems.errors
  }

  #open(record: ModelRecord): ModelEntry | string {
    try {
      return { model_name: record.modelName, litellm_params: this.#sources.sealer.open(record.params, `model:${record.id}`) as Record<string, unknown>, model_info: { ...record.info, id: record.id } }
    } catch (error) {
      return (error as Error).message
    }
  }

  async #fromRecord(record: ModelRecord, opened: ModelEntry | string, snapshot: ConfigurationSnapshot): Promise<LiveModel> {
    if (typeof opened === 'string') return this.#told({ id: record.id, entry: { model_name: record.modelName, model_info: { ...record.info, id: record.id } }, record, deployment: undefined, problem: opened })
    const problems = new Problems()
    const deployment = await this.#build(opened, '', snapshot, problems, 'database')
    return this.#told({ id: record.id, entry: opened, record, deployment, problem: wordsOf(deployment, problems) })
  }

  async #fromFile({ id, entry, path }: FileEntry, snapshot: ConfigurationSnapshot): Promise<LiveModel> {
    const problems = new Problems()
    const deployment = await this.#build({ ...entry, model_info: { ...entry.model_info, id } }, path, snapshot, problems, 'file')
    return this.#told({ id, entry, record: undefined, deployment, problem: wordsOf(deployment, problems) })
  }

  #told(model: LiveModel): LiveModel {
    if (model.problem !== undefined) this.#sources.log.warn({ model: model.entry.model_name, id: model.id }, `the model ${JSON.stringify(model.entry.model_name)} cannot be called: ${model.problem}`)
    return model
  }

  async #build(entry: ModelEntry, path: string, snapshot: ConfigurationSnapshot, problems: Problems, origin: 'file' | 'database'): Promise<Deployment | undefined> {
    const { factory, loader, hosts, env } = this.#sources
    const own = paramsOf(entry)
    const at = (key: string): string => (path === '' ? key : `${path}.${key}`)
    try {
      const values = this.#credential(credentialNameOf(entry), snapshot)
      if (typeof values === 'string') {
        problems.error(at('litellm_params.litellm_credential_name'), values)
        return undefined
      }
      const resolved = origin === 'file' ? own : await this.#resolved(entry, own, problems)
      if (!resolved) return undefined
      const whole = withCredential(entry, resolved, values)
      const stored = this.#sources.fileCredentials.has(credentialNameOf(entry) ?? '') ? {} : values
      if (!(await this.#withinApi(entry, origin, { ...stored, ...(origin === 'database' && own) }, problems))) return undefined
      const trusted = origin === 'file' && (await this.#onlySecrets(entry, Object.keys(values)))
      // A key of the environment goes to the address that goes with it, never to one that came over the API.
      const addressed = origin === 'database' && (await this.#namesAddress(entry, whole.litellm_params ?? {}))
      const how: Origin = { trust: trusted ? 'operator' : 'checked', host: trusted ? hosts.operator : hosts.checked, env: addressed ? {} : env, load: (kind, name) => (origin === 'file' ? loader.load(kind, name) : loader.loadShipped(kind, name)), shares: false }
      return await factory.create(whole, path, how, problems)
    } catch (error) {
      problems.error(at('litellm_params'), isGatewayError(error) ? error.message : String(error))
      return undefined
    }
  }

  /** The values of a credential, or why there are none. */
  #credential(name: string | undefined, snapshot: ConfigurationSnapshot): Readonly<Record<string, unknown>> | string {
    if (name === undefined) return {}
    const ofFile = this.#sources.fileCredentials.get(name)
    if (ofFile) return ofFile
    const record = snapshot.credentials.get(name)
    if (!record) return `there is no credential ${JSON.stringify(name)}. GET /credentials lists them.`
    try {
      return this.#sources.sealer.open(record.values, `credential:${name}`) as Record<string, unknown>
    } catch (error) {
      return (error as Error).message
    }
  }

  /** Puts variables of the environment in, but only those that the provider itself names for the key: others are none of an API's business. */
  async #resolved(entry: ModelEntry, params: Readonly<Record<string, unknown>>, problems: Problems): Promise<Readonly<Record<string, unknown>> | undefined> {
    const references = Object.entries(params).filter((pair): pair is [string, string] => typeof pair[1] === 'string' && pair[1].startsWith(REFERENCE))
    const named = namedIn(entry)
    if (references.length === 0 || !named) return params
    const plugin = await this.#sources.loader.loadShipped('provider', named.provider)
    const found: Record<string, unknown> = {}
    for (const [key, text] of references) {
      const name = text.slice(REFERENCE.length)
      const value = Object.hasOwn(this.#sources.env, name) ? this.#sources.env[name] : undefined
      const allowed = plugin.env?.[key] ?? []
      if (!allowed.includes(name)) problems.error(`litellm_params.${key}`, `may not refer to ${name}: over the API only the variables that ${plugin.name} itself knows may be named (${allowed.join(', ') || 'none for this key'}). Use a credential, or the config file.`)
      else if (value === undefined) problems.error(`litellm_params.${key}`, `refers to ${name}, which is not in the environment.`)
      else found[key] = value
    }
    return problems.errors.length > 0 ? undefined : { ...params, ...found }
  }

  /** Refuses what came over the API and is the operator's alone to say: keys that the provider marks so, and references to identity tokens. */
  async #withinApi(entry: ModelEntry, origin: 'file' | 'database', params: Readonly<Record<string, unknown>>, problems: Problems): Promise<boolean> {
    const named = namedIn(entry)
    const written = Object.entries(params)
    if (!named || written.length === 0) return true
    const { loader } = this.#sources
    const plugin = origin === 'file' ? await loader.load('provider', named.provider) : await loader.loadShipped('provider', named.provider)
    for (const [key, value] of written) {
      if (value === undefined || value === null) continue
      if (isOperatorKey(plugin.config, key)) problems.error(`litellm_params.${key}`, `may be set in the config file only: it is about the machine of the gateway.${plugin.env?.[key] ? ` The environment may set it too (${plugin.env[key].join(', ')}).` : ''}`)
      else if (typeof value === 'string' && value.startsWith(IDENTITY_TOKEN)) problems.error(`litellm_params.${key}`, `may refer to an identity token (${IDENTITY_TOKEN}) in the config file only.`)
    }
    return problems.errors.length === 0
  }

  /** Whether params say where something is sent. */
  async #namesAddress(entry: ModelEntry, params: Readonly<Record<string, unknown>>): Promise<boolean> {
    const named = namedIn(entry)
    if (!named) return true
    const { config } = await this.#sources.loader.loadShipped('provider', named.provider)
    return Object.entries(params).some(([key, value]) => value !== undefined && value !== null && (key === 'api_base' || key === 'base_url' || isAddressKey(config, key)))
  }

  /** Whether keys are nothing but secrets in the eyes of the provider: what else may hold an address is checked. */
  async #onlySecrets(entry: ModelEntry, keys: readonly string[]): Promise<boolean> {
    const named = namedIn(entry)
    if (!named || keys.length === 0) return true
    const plugin = await this.#sources.loader.load('provider', named.provider)
    return keys.every((key) => isSecretKey(plugin.config, key))
  }

  /** Which params of an entry may be shown: those that the provider declares, and does not mark as secret. */
  async shownKeys(entry: ModelEntry): Promise<ReadonlySet<string>> {
    const named = namedIn(entry)
    if (!named) return none
    const known = this.#shown.get(named.provider)
    if (known) return known
    try {
      const { config } = await this.#sources.loader.load('provider', named.provider)
      const shown = new Set(schemaKeys(config).filter((key) => !isSecretKey(config, key)))
      this.#shown.set(named.provider, shown)
      return shown
    } catch {
      return none
    }
  }

  /** As {@link shownKeys}, of a provider that was met before; of others nothing may be shown. */
  shownAtOnce(entry: ModelEntry): ReadonlySet<string> {
    return this.#shown.get(namedIn(entry)?.provider ?? '') ?? none
  }
}

function wordsOf(deployment: Deployment | undefined, problems: Problems): string | undefined {
  return deployment ? undefined : problems.errors.map(({ path, message }) => `${path} ${message}`).join(' ') || 'it could not be made.'
}
