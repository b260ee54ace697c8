import { type Archiver, createArchiver } from '@tianjillm/archive'
import { type Archive, isGatewayError } from '@tianjillm/core'
import type { Storage } from '@tianjillm/storage'
import { durationOf } from '../config/period.ts'
import { commonArchiveKeys } from '../config/spend-archive.ts'
import { configurePlugin } from './configure-plugin.ts'
import type { Sources } from './deployments.ts'

const PATH = 'general_settings.spend_archive'
const USUAL_AGE = '90d'

/** The cold store of the config. */
export interface ColdStore {
  readonly name: string
  readonly store: Archive
}

/** Where old calls are kept, and what moves them there. */
export interface SpendArchive {
  readonly archiver: Archiver
  readonly storageType: string
  readonly location: string
}

/** The cold store that `spend_archive` names, if it is there. Problems are noted, not thrown. */
export async function createColdStore({ config, env, loader, host, problems }: Pick<Sources, 'config' | 'env' | 'loader' | 'host' | 'problems'>): Promise<ColdStore | undefined> {
  const { spend_archive: wanted, maximum_spend_logs_retention_period: retention } = config.general_settings
  if (!wanted) return undefined
  if (retention !== undefined && wanted.after !== undefined && durationOf(wanted.after) > durationOf(retention)) {
    problems.warn(`${PATH}.after`, `is longer than maximum_spend_logs_retention_period: calls stay in the database until they are archived, ${wanted.after} after they were made.`)
  }
  try {
    const plugin = await loader.load('archive', wanted.type)
    const own = Object.fromEntries(Object.entries(wanted).filter(([key]) => !commonArchiveKeys.includes(key)))
    const configured = await configurePlugin(plugin, own, env, PATH, problems, commonArchiveKeys)
    return configured && { name: plugin.name, store: await plugin.create(configured as never, host) }
  } catch (error) {
    problems.error(isGatewayError(error) && error.code === 'unknown_plugin' ? `${PATH}.type` : PATH, isGatewayError(error) ? error.message : String(error))
    return undefined
  }
}

/** What moves old calls of a database to a cold store. */
export function createSpendArchive({ name, store }: ColdStore, storage: Storage, { config, host: { clock, log } }: Pick<Sources, 'config' | 'host'>): SpendArchive {
  const { spend_archive: wanted, maximum_spend_logs_retention_period: retention } = config.general_settings
  const archiver = createArchiver({ book: storage.archives, store, storageType: name, afterMs: durationOf(wanted!.after ?? retention ?? USUAL_AGE), maxAttempts: wanted!.max_attempts, clock, log })
  return { archiver, storageType: name, location: store.location }
}
