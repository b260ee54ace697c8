import type { Clock, Host, Log } from '@tianjillm/core'
import type { CallbackBinding } from '@tianjillm/gateway'
import { createCallbacks } from '../compose/callbacks.ts'
import type { Environment } from '../compose/configure-plugin.ts'
import { Problems } from '../config/problems.ts'
import type { Config } from '../config/schema.ts'
import type { PluginLoader } from '../plugins/load-plugin.ts'

export interface LiveCallbackSources {
  readonly loader: PluginLoader
  readonly env: Environment
  readonly hosts: { readonly operator: Host; readonly checked: Host }
  readonly clock: Clock
  readonly log: Log
  /** Names that the config file put in place. */
  readonly fromFile: ReadonlySet<string>
  /** Whether the config file has settings for a callback. */
  readonly setInFile: (name: string) => boolean
}

/** Milliseconds that requests in flight may still tell a callback that was taken away, and that it then has to deliver. */
const LINGER_MS = 60_000
const FLUSH_MS = 10_000

const lists = ['callbacks', 'success_callback', 'failure_callback'] as const

/** Callbacks that were named over the API. One that did not change stays in place, with what it holds. */
export class LiveCallbacks {
  readonly #sources: LiveCallbackSources
  #made = new Map<string, { readonly from: string; readonly binding: CallbackBinding }>()
  readonly #leaving = new Set<CallbackBinding>()

  constructor(sources: LiveCallbackSources) {
    this.#sources = sources
  }

  async update(config: Config): Promise<readonly CallbackBinding[]> {
    const made = new Map<string, { readonly from: string; readonly binding: CallbackBinding }>()
    for (const name of this.#names(config)) {
      const from = JSON.stringify([lists.map((list) => config.litellm_settings[list].includes(name)), config.callback_settings[name]])
      const before = this.#made.get(name)
      if (before?.from === from) {
        made.set(name, before)
        continue
      }
      const problems = new Problems()
      const [binding] = await this.#create(config, name, problems)
      if (binding) made.set(name, { from, binding })
      for (const { path, message } of problems.errors) this.#sources.log.warn({ callback: name }, `${path} ${message} The callback is not in effect.`)
    }
    for (const [name, { binding }] of this.#made) if (made.get(name)?.binding !== binding) this.#dismiss(binding)
    this.#made = made
    return [...made.values()].map(({ binding }) => binding)
  }

  /** Makes the callbacks of a configuration to see whether they can be made. */
  async check(config: Config): Promise<Problems> {
    const problems = new Problems()
    for (const name of this.#names(config)) for (const { callback } of await this.#create(config, name, problems)) await callback.close(AbortSignal.timeout(FLUSH_MS))
    return problems
  }

  async close(signal: AbortSignal): Promise<void> {
    const all = [...[...this.#made.values()].map(({ binding }) => binding), ...this.#leaving]
    await Promise.allSettled(all.map(({ callback }) => callback.close(signal)))
  }

  #names({ litellm_settings: litellm }: Config): readonly string[] {
    return [...new Set(lists.flatMap((list) => litellm[list]))].filter((name) => !this.#sources.fromFile.has(name))
  }

  #create(config: Config, name: string, problems: Problems): Promise<CallbackBinding[]> {
    const { loader, env, hosts, setInFile } = this.#sources
    const only = (list: (typeof lists)[number]): string[] => config.litellm_settings[list].filter((other) => other === name)
    const settings = config.callback_settings[name]
    // Where the API says where records go, nothing of the environment goes with them.
    const own = settings !== undefined && !setInFile(name)
    const part = { callback_settings: settings ? { [name]: settings } : {}, litellm_settings: { callbacks: only('callbacks'), success_callback: only('success_callback'), failure_callback: only('failure_callback') } }
    return createCallbacks(part, own ? {} : env, (kind, plugin) => loader.loadShipped(kind, plugin), own ? hosts.checked : hosts.operator, problems)
  }

  #dismiss(binding: CallbackBinding): void {
    this.#leaving.add(binding)
    this.#sources.clock.after(LINGER_MS, () => {
      void Promise.resolve(binding.callback.close(AbortSignal.timeout(FLUSH_MS))).finally(() => this.#leaving.delete(binding))
    })
  }
}
