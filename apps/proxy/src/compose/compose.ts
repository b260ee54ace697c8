import { createKeyAuthenticator, createMemoryAudit, createMemoryDirectory, type Directory } from '@tianjillm/auth'
import { createMemoryConfiguration, createSealer, deriveKey } from '@tianjillm/configuration'
import { type Connector, createConnector } from '@tianjillm/connector'
import { defaultRegistry, type Host, type Secrets, systemClock } from '@tianjillm/core'
import { createOwnedIds, createTraceStore, type Settings } from '@tianjillm/gateway'
import type { NewUserDefaults } from '@tianjillm/management'
import { openPriceBook, tokenCounter } from '@tianjillm/prices'
import { createRoutingState } from '@tianjillm/router'
import type { KnownModel } from '@tianjillm/spend'
import type { Storage } from '@tianjillm/storage'
import { dirname, resolve } from 'node:path'
import { loadConfig } from '../config/load.ts'
import { ConfigError, type Problem, type Problems } from '../config/problems.ts'
import type { Config } from '../config/schema.ts'
import type { ProxyLog } from '../log.ts'
import { createPluginLoader, type PluginLoader } from '../plugins/load-plugin.ts'
import { createHealthChecks, type HealthKeeper } from '../health/health-checks.ts'
import { createLiveConfiguration, type LiveConfiguration } from '../live/live-configuration.ts'
import { aliasesOf } from './aliases.ts'
import { createCache } from './cache.ts'
import { closeAll } from './close.ts'
import { checking, connectorOptions, trusting } from './connectors.ts'
import { createCallbacks } from './callbacks.ts'
import type { Environment } from './configure-plugin.ts'
import { createDatabase, type Database, type DatabaseOptions } from './database.ts'
import { awaitsCredential, withFileCredentials } from './credentials.ts'
import { createDeploymentFactory } from './deployment-factory.ts'
import { createDeployments } from './deployments.ts'
import { createGuardrails } from './guardrails.ts'
import { createLimitRules } from './limit-rules.ts'
import { createLimits, type Sharing } from './limits.ts'
import { knownModelsFrom } from './prices.ts'
import { withEndpointReferences } from './pass-through-references.ts'
import { providerOf } from './provider-of.ts'
import { createRecoveries } from './recoveries.ts'
import { checkFallbacks } from './resilience.ts'
import { cooldownOf, createStrategies, warnOfChecks } from './routing.ts'
import { secretLookUp } from './secrets.ts'
import { type ColdStore, createColdStore, createSpendArchive, type SpendArchive } from './spend-archive.ts'
import { spentFrom } from './spent.ts'
import { withoutConfig } from './without-config.ts'

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
  /** Those of the config file; {@link live} has what was set over the API as well. */
  readonly settings: Settings
  readonly live: LiveConfiguration
  /** Looks after deployments. */
  readonly health: HealthKeeper
  /** Milliseconds between two looks; undefined: only when asked. */
  readonly looksEveryMs: number | undefined
  /** Who may call, and on whose behalf. */
  readonly identity: Identity
  /** Undefined: none was wanted. */
  readonly storage: Storage | undefined
  /** Where old calls are moved to; undefined: nowhere. */
  readonly archive: SpendArchive | undefined
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
  const connector = createConnector(connectorOptions(env, undefined))
  let upstream: Connector | undefined
  let live: LiveConfiguration | undefined
  const host: Host = { http: trusting(connector), clock: systemClock, log }
  const loader = createPluginLoader(defaultRegistry(), file === undefined ? process.cwd() : dirname(resolve(file)))
  const opened: Secrets[] = []
  const recoveries = createRecoveries(systemClock, log)
  let database: Database | undefined
  let sharing: Sharing | undefined
  let cold: ColdStore | undefined
  try {
    const loaded = await loadConfig({ file, env, secrets: (raw, environment, problems) => secretLookUp(raw, environment, env, loader, host, problems, (secrets) => opened.push(secrets)) })
    const { problems, place } = loaded
    const read = withFileCredentials(file === undefined ? withoutConfig(loaded.config, env) : loaded.config)
    const environment: Environment = { ...Object.fromEntries(Object.entries(read.environment_variables).map(([key, value]) => [key, String(value)])), ...env }
    const config = withEndpointReferences(read, environment, problems)
    const general = config.general_settings
    // The operator's word on private upstreams is known only now; what the secret manager used above are addresses of the file.
    upstream = createConnector(connectorOptions(env, general.allow_private_upstreams))
    await importPlugins(config, loader, problems)
    const sources = { config, place, env: environment, loader, host, problems }
    const factory = createDeploymentFactory(config, knownModelsFrom(environment, host.http, problems))
    const [ofFile, callbacks, guardrails, cache] = await Promise.all([
      createDeployments(sources, factory),
      createCallbacks(config, environment, (kind, name) => loader.load(kind, name), host, problems),
      createGuardrails(sources),
      createCache(sources),
    ])
    cold = await createColdStore(sources)
    const deployments = ofFile.map(({ deployment }) => deployment)
    const storing = general.store_model_in_db ?? /^true$/i.test(environment['STORE_MODEL_IN_DB'] ?? '')
    const later = storing || config.model_list.some(awaitsCredential)
    aliasesOf(config, deployments, problems, later)
    checkFallbacks(config, deployments, problems, later)
    warnOfChecks(config, problems)
    const strategies = createStrategies(loader, environment, host)
    const strategy = await strategies.of(config, true, problems)
    const written = config.general_settings.master_key ?? (environment['LITELLM_MASTER_KEY'] || undefined)
    if (written !== undefined && !/^sk-.{5,}$/s.test(written)) problems.error('LITELLM_MASTER_KEY', 'must start with `sk-` and have at least 8 characters.')
    if (wanted) database = await createDatabase(wanted, config.general_settings, environment, systemClock, log, problems, recoveries)
    const ledger = config.general_settings.disable_spend_logs ? undefined : database?.storage.ledger
    const limits = await createLimits({ config, env: environment, clock: systemClock, log, problems, connect: wanted !== undefined, ledger, ...(database && { spent: spentFrom(database.storage.spend) }) })
    sharing = limits.sharing
    if (sharing) recoveries.follow(sharing.limits)
    if (problems.errors.length > 0 || !strategy) throw new ConfigError(file ?? 'The configuration', problems.errors)
    const key = written ?? masterKey()
    if (database && general.disable_spend_logs) problems.warn('general_settings.disable_spend_logs', 'is on: what is spent is written nowhere, so a restart forgets how far budgets are used up.')
    const archive = cold && database && createSpendArchive(cold, database.storage, sources)
    if (cold && wanted && !database) problems.warn('general_settings.spend_archive', 'has no effect: there is no database to archive from.')
    const secret = environment['LITELLM_SALT_KEY'] || key
    const audit = createMemoryAudit()
    const kept = database?.storage.directory ?? createMemoryDirectory(audit)
    const directory = sharing ? sharing.share(kept) : kept
    const authenticator = createKeyAuthenticator({ directory, masterKey: key, clock: systemClock })
    const keyHeader = general.litellm_key_header_name?.toLowerCase()
    const rules = createLimitRules({ config, directory, store: limits.store, countTokens: tokenCounter, deployments, problems })
    const base = {
      authenticator,
      limiter: rules.limiter,
      parties: rules.parties,
      naming: rules.naming,
      unmanagedIds: general.allow_unmanaged_response_ids,
      ownedIds: createOwnedIds({ key: deriveKey(secret, 'ids of what upstreams keep', 32), scope: general.disable_responses_id_security ? 'everyone' : general.response_id_scope }),
      http: upstream,
      clock: systemClock,
      log,
      requestLog: (members: string, at: number) => log.request(members, at),
      callbacks,
      ...(ledger && { ledger }),
      ...(database && { openCalls: database.openCalls }),
      guardrails,
      ...(general.request_traces > 0 && { traces: createTraceStore(general.request_traces) }),
      ...(cache && { cache }),
      ...(keyHeader !== undefined && { keyHeader }),
    }
    const routing = createRoutingState({ clock: systemClock, cooldown: cooldownOf(config), ...(sharing && { share: sharing.routing }) })
    // A newcomer is not to find out anew what the others know. One deadline of Redis is the most that it waits.
    await sharing?.routing.heard()
    const stored = database?.storage.configuration ?? createMemoryConfiguration(audit)
    const following = createLiveConfiguration({
      config, raw: loaded.raw, place, base, deployments: ofFile, factory, storing, loader, env: environment, clock: systemClock, log,
      directory: { ...stored, subscribe: database ? (listener) => directory.subscribe(listener) : (listener) => stored.subscribe(listener) },
      sealer: createSealer(secret),
      hosts: { operator: host, checked: { ...host, http: checking(upstream) } },
      routing, strategies, strategy,
    })
    live = following
    const { settings } = following
    const intervalMs = general.health_check_interval * 1000
    const health = createHealthChecks({
      patients: () => following.patients(), callbacks: () => following.settings.callbacks, routing, http: upstream, clock: systemClock, log, ledger,
      background: general.background_health_checks, details: general.health_check_details, concurrency: general.health_check_concurrency, intervalMs, shared: sharing?.health,
    })
    return {
      settings, live: following, health, looksEveryMs: general.background_health_checks ? intervalMs : undefined, identity: { directory, durable: database !== undefined, audits: config.litellm_settings.store_audit_logs, newUsers: rules.newUsers }, storage: database?.storage, archive, readyWithoutDatabase: general.allow_requests_on_db_unavailable, sharing, knownModel, warnings: problems.warnings,
      generatedKey: written === undefined, masterKey: key, close: (signal) => closeAll({ settings, deployments, strategies, secrets: opened, connectors: [connector, ...(upstream ? [upstream] : [])], live: following, archive, cold, database, sharing, log }, signal),
    }
  } catch (error) {
    await live?.close(AbortSignal.timeout(1000))
    await sharing?.close(AbortSignal.timeout(1000))
    await cold?.store.close?.()
    await database?.close(AbortSignal.timeout(1000))
    connector.destroy()
    upstream?.destroy()
    throw error
  }
}

async function knownModel(name: string): Promise<KnownModel | undefined> {
  const named = providerOf(name, undefined)
  return named && (await openPriceBook([named.provider])).find(named.provider, named.model)
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
