import type { Deployment } from '@tianjillm/gateway'
import { unknownKey } from '@tianjillm/core'
import { isPattern } from '@tianjillm/router'
import type { Problems } from '../config/problems.ts'
import type { Config } from '../config/schema.ts'

/** Aliases that `/v1/models` does not list (`hidden: true`). */
export function hiddenAliasesOf({ router_settings: { model_group_alias: aliases } }: Config): ReadonlySet<string> {
  return new Set(Object.entries(aliases).flatMap(([alias, target]) => (typeof target !== 'string' && target.hidden ? [alias] : [])))
}

/** `router_settings.model_group_alias`: other names for models. @param later names of models that may come while the proxy runs are no problem */
export function aliasesOf(config: Config, deployments: readonly Deployment[], problems: Problems, later = false): Record<string, string> {
  const known = new Set([...deployments.map(({ modelName }) => modelName), ...config.model_list.map(({ model_name: name }) => name)])
  const patterns = later || [...known].some(isPattern)
  return Object.fromEntries(
    Object.entries(config.router_settings.model_group_alias).map(([alias, target]) => {
      const model = typeof target === 'string' ? target : target.model
      if (!known.has(model) && !patterns) problems.error(`router_settings.model_group_alias.${alias}`, `stands for ${JSON.stringify(model)}, which model_list does not have: ${unknownKey(model, known).replace('key', 'model')}`)
      return [alias, model]
    }),
  )
}
