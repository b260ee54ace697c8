import { type Http, unknownKey } from '@tianjillm/core'
import { type CostMap, costKeys, type Costs, isCostKey, openPriceBook, readCostMap, readCosts } from '@tianjillm/prices'
import type { KnownModel } from '@tianjillm/spend'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Problems } from '../config/problems.ts'
import type { Environment } from './configure-plugin.ts'

/** Bytes that a cost map may have, and milliseconds that its host has to send it. */
const MAX_MAP_BYTES = 32 * 1024 * 1024
const MAP_TIMEOUT_MS = 10_000
const MAP_URL = 'LITELLM_MODEL_COST_MAP_URL'

/** What is known of models, in the order of trust: the operator's cost map, then the price tables. */
export interface KnownModels {
  /** @param baseModel the operator's word on which model it is (`model_info.base_model`) */
  find(provider: string, model: string, baseModel?: string): KnownModel | undefined
}

/** Opens what is known of the models of a provider. */
export type OpenKnownModels = (provider: string) => Promise<KnownModels>

/** Price tables are opened as providers are named; the cost map that `LITELLM_MODEL_COST_MAP_URL` names is read once. */
export function knownModelsFrom(env: Environment, http: Http, problems: Problems): OpenKnownModels {
  const reading = costMapOf(env[MAP_URL], http, problems)
  return async (provider) => {
    const [book, map] = await Promise.all([openPriceBook([provider]), reading])
    return { find: (named, model, baseModel = model) => map?.find(named, baseModel) ?? book.find(named, baseModel) }
  }
}

/** A map that cannot be read is told, and the tables do: a price list is no reason not to start. */
async function costMapOf(url: string | undefined, http: Http, problems: Problems): Promise<CostMap | undefined> {
  if (url === undefined || url === '') return undefined
  try {
    return readCostMap(await textOf(url, http))
  } catch (error) {
    problems.warn(MAP_URL, `could not be read (${error instanceof Error ? error.message : String(error)}); the built-in prices are used.`)
    return undefined
  }
}

async function textOf(url: string, http: Http): Promise<string> {
  if (url.startsWith('file:')) return readFile(fileURLToPath(url), 'utf8')
  if (!/^https?:/.test(url)) return readFile(url, 'utf8')
  const reply = await http.send({ method: 'GET', url, headers: {}, timeouts: { total: MAP_TIMEOUT_MS } }, { maxBytes: MAX_MAP_BYTES })
  if (reply.status !== 200) throw new Error(`status ${reply.status}`)
  return Buffer.from(reply.body).toString('utf8')
}

/** Where the keys of a deployment were written. */
interface Written {
  readonly path: string
  readonly values: Readonly<Record<string, unknown>>
}

/** Prices that a deployment sets itself, in `model_info` or (these win) in its params; undefined when something in them is wrong. */
export function costsOf(info: Written, params: Written, problems: Pick<Problems, 'error' | 'warn'>): Costs | undefined {
  const own = Object.fromEntries(Object.entries(params.values).filter(([key]) => isCostKey(key)))
  const { costs, problems: found } = readCosts({ ...info.values, ...own })
  for (const { key, severity, message } of found) {
    const path = `${key in own ? params.path : info.path}.${key}`
    if (severity === 'warning') problems.warn(path, message)
    else problems.error(path, severity === 'unknown' ? unknownKey(key, costKeys) : message)
  }
  return found.some(({ severity }) => severity !== 'warning') ? undefined : costs
}
