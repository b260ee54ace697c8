import { type Archiver, createArchiver } from '@tianjillm/archive'
import { type Archive, isGatewayError } from '@tianjillm/core'
import type { Storage } from '@tianjillm/storage'
import { durationOf, spendLogRetention } from '../config/period.ts'
import { commonArchiveKeys } from '../config/spend-archive.ts'
import { configurePlugin } from './configure-plugin.ts'
import type { Sources } from './deployments.ts'

const PATH = 'general_settings.spend_archive'
const USUAL_AGE_MS = durationOf('90d')

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
  const { spend_archive: wanted } = config.general_settings
  if (!wanted) return undefined
  const retentionMs = spendLogRetention(config.general_settings)
  if (retentionMs !== undefined && wanted.after !== undefined && durationOf(wanted.after) > retentionMs) {
    problems.warn(`${PATH}.after`, `is longer than spend logs are to be kept: calls stay in the database until they are archived, ${wanted.after} after they were made.`)
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
  const { after, max_attempts: maxAttempts } = config.general_settings.spend_archive!
  const afterMs = after === undefined ? (spendLogRetention(config.general_settings) ?? USUAL_AGE_MS) : durationOf(after)
  const archiver = createArchiver({ book: storage.archives, store, storageType: name, afterMs, maxAttempts, clock, log })
  return { archiver, storageType: name, location: store.location }
}
