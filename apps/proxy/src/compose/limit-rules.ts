import { createPartyCache, type Directory } from '@tianjillm/auth'
import { nearest } from '@tianjillm/core'
import { type CountTokens, createLimiter, type Deployment, type Limiter, type Naming, type OperatorLimits, type Parties } from '@tianjillm/gateway'
import type { LimitStore } from '@tianjillm/limits'
import type { NewUserDefaults } from '@tianjillm/management'
import type { Problems } from '../config/problems.ts'
import type { Config } from '../config/schema.ts'

/** What the config says of limits, end users and tags, in the gateway's words. */
export interface LimitRules {
  readonly limiter: Limiter
  readonly parties: Parties
  readonly naming: Naming
  readonly newUsers: NewUserDefaults
}

/** `token_rate_limit_type` in the words of the limits engine. */
const tokensCounted = { total: 'tokens', input: 'input_tokens', output: 'output_tokens' } as const

export interface LimitRuleSources {
  readonly config: Config
  readonly directory: Directory
  readonly store: LimitStore
  readonly countTokens: CountTokens
  readonly deployments: readonly Deployment[]
  readonly problems: Problems
}

export function createLimitRules({ config, directory, store, countTokens, deployments, problems }: LimitRuleSources): LimitRules {
  const { general_settings: general, litellm_settings: litellm } = config
  const { max_end_user_budget_id: defaultBudgetId } = litellm
  return {
    limiter: createLimiter({ store, countTokens, tokensCounted: tokensCounted[general.token_rate_limit_type], allowUnpriced: general.allow_unpriced_models_on_budgets, operator: operatorLimits(config, deployments, problems) }),
    parties: {
      customers: createPartyCache({ directory, kind: 'customer', store: directory.customers, ...(defaultBudgetId !== undefined && { defaultBudgetId }) }),
      tags: createPartyCache({ directory, kind: 'tag', store: directory.tags }),
    },
    naming: namingOf(general),
    newUsers: {
      ...(litellm.max_internal_user_budget !== undefined && { max_budget: litellm.max_internal_user_budget }),
      ...(litellm.internal_user_budget_duration !== undefined && { budget_duration: litellm.internal_user_budget_duration }),
      ...litellm.default_internal_user_params,
    },
  }
}

function operatorLimits({ litellm_settings: litellm, router_settings: router }: Config, deployments: readonly Deployment[], problems: Problems): OperatorLimits {
  const used = new Set(deployments.map(({ providerName }) => providerName))
  const providers = new Map(Object.entries(router.provider_budget_config))
  for (const name of providers.keys()) {
    if (!used.has(name)) {
      const meant = nearest(name, used)
      problems.warn(`router_settings.provider_budget_config.${name}`, `limits nothing: no deployment uses that provider.${meant === undefined ? '' : ` Did you mean \`${meant}\`?`}`)
    }
  }
  if (litellm.budget_duration !== undefined && litellm.max_budget === undefined) problems.warn('litellm_settings.budget_duration', 'has no effect without litellm_settings.max_budget.')
  return {
    providers,
    tags: new Map(Object.entries(litellm.tag_budget_config)),
    ...(litellm.max_end_user_budget !== undefined && { endUserBudget: litellm.max_end_user_budget }),
    // As in LiteLLM, 0 is no budget.
    ...(litellm.max_budget !== undefined && litellm.max_budget > 0 && { proxy: { maxBudget: litellm.max_budget, budgetDuration: litellm.budget_duration ?? null } }),
  }
}

function namingOf({ user_header_mappings: mappings = [], user_header_name: header, reject_clientside_metadata_tags: refuseTags }: Config['general_settings']): Naming {
  const headers = [...mappings.filter(({ litellm_user_role }) => litellm_user_role === 'customer').map(({ header_name }) => header_name), ...(header === undefined ? [] : [header])]
  return { endUserHeaders: headers.map((name) => name.toLowerCase()), refuseTags }
}
