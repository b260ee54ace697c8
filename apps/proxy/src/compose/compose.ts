import { createKeyAuthenticator, createMemoryDirectory, type Directory } from '@tianjillm/auth'
import { type Connector, createConnector } from '@tianjillm/connector'
import { defaultRegistry, type Host, type Http, type Secrets, systemClock, unknownKey } from '@tianjillm/core'
import type { Deployment, Settings } from '@tianjillm/gateway'
import type { NewUserDefaults } from '@tianjillm/management'
import { openPriceBook, tokenCounter } from '@tianjillm/prices'
import { createRouter, isPattern } from '@tianjillm/router'
import type { KnownModel } from '@tianjillm/spend'
import type { Storage } from '@tianjillm/storage'
import { dirname, resolve } from 'node:path'
import { loadConfig } from '../config/load.ts'
import { ConfigError, type Problem, type Problems } from '../config/problems.ts'
import type { Config } from '../config/schema.ts'
import type { ProxyLog } from '../log.ts'
import { createPluginLoader, type PluginLoader } from '../plugins/load-plugin.ts'
import { createCache } from './cache.ts'
import { createCallbacks } from './callbacks.ts'
import type { Environment } from './configure-plugin.ts'
import { createDatabase, type Database, type DatabaseOptions } from './database.ts'
import { createDeployments } from './deployments.ts'
import { createGuardrails } from './guardrails.ts'
import { createLimitRules } from './limit-rules.ts'
import { createLimits, type Sharing } from './limits.ts'
import { providerOf } from './provider-of.ts'
import { secretLookUp } from './secrets.ts'
import { spentFrom } from './spent.ts'
import { withoutConfig } from './without-config.ts'

/** Milliseconds for a request body to arrive. */
const BODY_TIMEOUT_MS = 60_000

export interface ComposeOptions {
  /** The config file; undefined serves what the environment has keys for. */
  readonly file: string | undefined
  readonly env: Environment
  readonly log: ProxyLog
  /** Gives the master key when neither config nor environment has one. */
  readonly masterKey: () => string
  /** Absent: no database is opened (for checking a config). */
  readonly database?: DatabaseOptions
}

/** Where callers are known. */
export interface Identity {
  readonly directory: Directory
  /** Whether what is kept here outlives the process. */
  readonly durable: boolean
  /** Whether changes are written down. */
  readonly audits: boolean
  /** What new users get where nobody says otherwise. */
  readonly newUsers: NewUserDefaults
}

/** Everything that the server needs, and how to take it down again. */
export interface Composition {
  readonly settings: Settings
  /** Who may call, and on whose behalf. */
  readonly identity: Identity
  /** Undefined: none was wanted. */
  readonly storage: Storage | undefined
  /** Whether traffic is wanted also while the database is away (`allow_requests_on_db_unavailable`). */
  readonly readyWithoutDatabase: boolean
  /** What is shared with other replicas; undefined: nothing. */
  readonly sharing: Sharing | undefined
  /** What is known of a model that no deployment serves, by LiteLLM's name. */
  readonly knownModel: (name: string) => Promise<KnownModel | undefined>
  readonly warnings: readonly Problem[]
  /** True when the operator named no master key. */
  readonly generatedKey: boolean
  readonly masterKey: string
  /** Flushes callbacks and closes every plugin and connection, within the signal's time. */
  close(signal: AbortSignal): Promise<void>
}

/**
 * Config and environment -> plugins -> settings of the gateway.
 * @throws ConfigError with every problem at once
 */
export async function compose({ file, env, log, masterKey, database: wanted }: ComposeOptions): Promise<Composition> {
  const connector = createConnector(proxyOptions(env))
  const host: Host = { http: trusting(connector), clock: systemClock, log }
  const loader = createPluginLoader(defaultRegistry(), file === undefined ? process.cwd() : dirname(resolve(file)))
  const opened: Secrets[] = []
  let database: Database | undefined
  let sharing: Sharing | undefined
  try {
    const loaded = await loadConfig({ file, env, secrets: (raw, environment, problems) => secretLookUp(raw, environment, env, loader, host, problems, (secrets) => opened.push(secrets)) })
    const { problems, place } = loaded
    const config = file === undefined ? withoutConfig(loaded.config, env) : loaded.config
    const environment: Environment = { ...Object.fromEntries(Object.entries(config.environment_variables).map(([key, value]) => [key, String(value)])), ...env }
    await importPlugins(config, loader, problems)
    const sources = { config, place, env: environment, loader, host, problems }
    const [{ deployments, expand }, callbacks, guardrails, cache] = await Promise.all([
      createDeployments(sources),
      createCallbacks(config, environment, loader, host, problems),
      createGuardrails(sources),
      createCache(config, environment, loader, host, problems),
    ])
    const aliases = aliasesOf(config, deployments, problems)
    const written = config.general_settings.master_key ?? (environment['LITELLM_MASTER_KEY'] || undefined)
    if (written !== undefined && !/^sk-.{5,}$/s.test(written)) problems.error('LITELLM_MASTER_KEY', 'must start with `sk-` and have at least 8 characters.')
    if (wanted) database = await createDatabase(wanted, config.general_settings, environment, systemClock, log, problems)
    const ledger = config.general_settings.disable_spend_logs ? undefined : database?.storage.ledger
    const limits = await createLimits({ config, env: environment, clock: systemClock, log, problems, connect: wanted !== undefined, ledger, ...(database && { spent: spentFrom(database.storage.spend) }) })
    sharing = limits.sharing
    if (problems.errors.length > 0) throw new ConfigError(file ?? 'The configuration', problems.errors)
    const key = written ?? masterKey()
    const general = config.general_settings
    if (database && general.disable_spend_logs) problems.warn('general_settings.disable_spend_logs', 'is on: what is spent is written nowhere, so a restart forgets how far budgets are used up.')
    const kept = database?.storage.directory ?? createMemoryDirectory()
    const directory = sharing ? sharing.share(kept) : kept
    const authenticator = createKeyAuthenticator({ directory, masterKey: key, clock: systemClock })
    const keyHeader = general.litellm_key_header_name?.toLowerCase()
    const rules = createLimitRules({ config, directory, store: limits.store, countTokens: tokenCounter, deployments, problems })
    const settings: Settings = {
      authenticator,
      limiter: rules.limiter,
      parties: rules.parties,
      naming: rules.naming,
      router: createRouter({ deployments, aliases, expand }),
      http: connector,
      clock: systemClock,
      log,
      requestLog: (fields, at) => log.request(fields, at),
      callbacks,
      ...(ledger && { ledger }),
      guardrails,
      ...(cache && { cache }),
      limits: {
        maxBodyBytes: general.max_request_size_mb * 1024 * 1024,
        bodyTimeoutMs: BODY_TIMEOUT_MS,
        maxReplyBytes: general.max_response_size_mb * 1024 * 1024,
        ...(general.global_max_parallel_requests !== undefined && { maxParallel: general.global_max_parallel_requests }),
      },
      dropParams: config.litellm_settings.drop_params,
      ...(keyHeader !== undefined && { keyHeader }),
      captureText: !config.litellm_settings.turn_off_message_logging && callbacks.some(({ callback }) => callback.needs.text === true),
    }
    return {
      settings, identity: { directory, durable: database !== undefined, audits: config.litellm_settings.store_audit_logs, newUsers: rules.newUsers }, storage: database?.storage, readyWithoutDatabase: general.allow_requests_on_db_unavailable, sharing, knownModel, warnings: problems.warnings,
      generatedKey: written === undefined, masterKey: key, close: (signal) => closeAll(settings, deployments, opened, connector, database, sharing, log, signal),
    }
  } catch (error) {
    await sharing?.close(AbortSignal.timeout(1000))
    await database?.close(AbortSignal.timeout(1000))
    connector.destroy()
    throw error
  }
}

async function knownModel(name: string): Promise<KnownModel | undefined> {
  const named = providerOf(name, undefined)
  return named && (await openPriceBook([named.provider])).find(named.provider, named.model)
}

/** For plugins that the config file sets up: their addresses are the operator's word, and may be private. */
function trusting(http: Http): Http {
  return {
    open: (request, handler) => http.open({ trust: 'operator', ...request }, handler),
    send: (request, options) => http.send({ trust: 'operator', ...request }, options),
  }
}

/** The environment's proxies and the operator's word on private upstreams. */
function proxyOptions(env: Environment): Parameters<typeof createConnector>[0] {
  const pick = (...names: readonly string[]): string | undefined => names.map((name) => env[name]).find((value) => value !== undefined && value !== '')
  const httpProxy = pick('http_proxy', 'HTTP_PROXY')
  const httpsProxy = pick('https_proxy', 'HTTPS_PROXY')
  const noProxy = pick('no_proxy', 'NO_PROXY')
  return {
    allowPrivate: env['TIANJILLM_ALLOW_PRIVATE_UPSTREAMS'] === 'true',
    ...(httpProxy !== undefined && { httpProxy }),
    ...(httpsProxy !== undefined && { httpsProxy }),
    ...(noProxy !== undefined && { noProxy }),
  }
}

async function importPlugins(config: Config, loader: PluginLoader, problems: Problems): Promise<void> {
  for (const [index, specifier] of config.plugins.entries()) {
    try {
      await loader.importPackage(specifier)
    } catch (error) {
      problems.error(`plugins[${index}]`, error instanceof Error ? error.message : String(error))
    }
  }
}

function aliasesOf(config: Config, deployments: readonly Deployment[], problems: Problems): Record<string, string> {
  const known = new Set(deployments.map(({ modelName }) => modelName))
  const patterns = [...known].some(isPattern)
  return Object.fromEntries(
    Object.entries(config.router_settings.model_group_alias).map(([alias, target]) => {
      const model = typeof target === 'string' ? target : target.model
      if (!known.has(model) && !patterns) problems.error(`router_settings.model_group_alias.${alias}`, `stands for ${JSON.stringify(model)}, which model_list does not have: ${unknownKey(model, known).replace('key', 'model')}`)
      return [alias, model]
    }),
  )
}

async function closeAll(settings: Settings, deployments: readonly Deployment[], secrets: readonly Secrets[], connector: Connector, database: Database | undefined, sharing: Sharing | undefined, log: ProxyLog, signal: AbortSignal): Promise<void> {
  const [told] = await Promise.all([
    Promise.allSettled(settings.callbacks.map(({ callback }) => callback.close(signal))),
    sharing?.close(signal),
    database?.close(signal).catch((error: unknown) => log.error({ err: error }, 'the database was not closed cleanly')),
  ])
  told.forEach((result, i) => {
    const { name, callback } = settings.callbacks[i]!
    const stats = callback.stats()
    if (result.status === 'rejected' || stats.queued > 0 || stats.dropped > 0) log.warn({ callback: name, ...stats }, 'callback closed with records undelivered')
  })
  const rest = [...new Set(deployments.map(({ provider }) => provider)), ...settings.guardrails.map(({ guardrail }) => guardrail), ...(settings.cache ? [settings.cache.cache] : []), ...secrets]
  await Promise.allSettled(rest.map(async (instance) => instance.close?.()))
  connector.destroy()
}
