import type { Host } from '@tianjillm/core'
import type { Deployment } from '@tianjillm/gateway'
import type { Problems } from '../config/problems.ts'
import type { Config, ModelEntry } from '../config/schema.ts'
import type { Place } from '../config/validate.ts'
import type { PluginLoader } from '../plugins/load-plugin.ts'
import type { Environment } from './configure-plugin.ts'
import { awaitsCredential } from './credentials.ts'
import type { DeploymentFactory, Telling } from './deployment-factory.ts'

/** What deployments and guardrails are made from. */
export interface Sources {
  readonly config: Config
  readonly place: Place
  readonly env: Environment
  readonly loader: PluginLoader
  readonly host: Host
  readonly problems: Problems
}

/** A deployment with the entry of the file that it was made from. */
export interface FileDeployment {
  readonly deployment: Deployment
  readonly entry: ModelEntry
}

/**
 * Every deployment of `model_list`, but for entries whose credential is not in the file: those are made when it is
 * known. With `ignore_invalid_deployments` the broken ones are left out with a warning.
 */
export async function createDeployments({ config, place, env, loader, host, problems }: Sources, factory: DeploymentFactory): Promise<readonly FileDeployment[]> {
  const telling = config.router_settings.ignore_invalid_deployments ? new QuietProblems(problems) : problems
  const taken = new Map<string, number>()
  const deployments: FileDeployment[] = []
  for (const [index, entry] of config.model_list.entries()) {
    if (awaitsCredential(entry)) continue
    const made = await factory.create(entry, place('model_list', index), { trust: 'operator', host, env, load: (kind, name) => loader.load(kind, name), shares: true }, telling)
    if (!made) continue
    const repeats = taken.get(made.id) ?? 0
    taken.set(made.id, repeats + 1)
    deployments.push({ deployment: repeats === 0 ? made : factory.varied(made, { id: `${made.id}-${repeats + 1}` }), entry })
  }
  warnUnpriced(deployments.flatMap(({ deployment }) => (factory.isPattern(deployment) ? [] : [deployment])), problems)
  return deployments
}

/** Names in a warning; a long list says no more. */
const TOLD = 20

/** Told once: such calls have no cost, and keys with a hard budget may not make them. */
function warnUnpriced(deployments: readonly Deployment[], problems: Problems): void {
  const names = [...new Set(deployments.filter(({ prices, mockResponse }) => !prices && mockResponse === undefined).map(({ modelName }) => modelName))]
  if (names.length === 0) return
  const list = `${names.slice(0, TOLD).join(', ')}${names.length > TOLD ? `, and ${names.length - TOLD} more` : ''}`
  problems.warn('model_list', `has models without a known price: ${list}. Their calls are entered without a cost; set input_cost_per_token and output_cost_per_token, or model_info.base_model.`)
}

/** Turns errors into warnings, for deployments that may be left out. */
class QuietProblems implements Telling {
  readonly #problems: Problems

  constructor(problems: Problems) {
    this.#problems = problems
  }

  error(path: string, message: string): void {
    this.#problems.warn(path, `${message} The deployment is left out (router_settings.ignore_invalid_deployments).`)
  }

  warn(path: string, message: string): void {
    this.#problems.warn(path, message)
  }
}
