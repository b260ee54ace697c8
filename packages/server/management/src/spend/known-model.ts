import { GatewayError } from '@tianjillm/core'
import type { CountTokens, Gateway } from '@tianjillm/gateway'
import type { KnownModel, Prices } from '@tianjillm/spend'

export interface CalculateOptions {
  readonly gateway: Gateway
  /** What is known of a model that no deployment serves, by LiteLLM's name. */
  readonly known: (model: string) => Promise<KnownModel | undefined>
  readonly countTokens: CountTokens
}

/** A model that is asked after: what is known of it, and whose it is where it is served here. */
export interface FoundModel extends KnownModel {
  readonly providerName?: string
}

/** The first priced deployment behind the name, else what is known of a model of that name. */
export async function modelNamed({ gateway, known }: CalculateOptions, name: string): Promise<FoundModel | undefined> {
  const group = gateway.settings.router.group(name)
  const deployments = group?.candidates.map(({ deployment }) => deployment) ?? []
  return deployments.find(({ prices }) => prices) ?? (deployments.length > 0 ? {} : known(name))
}

/** @param param the field that named it @throws `unknown_model`, `unpriced_model` */
export function pricesOf(found: KnownModel | undefined, name: string, param: string): Prices {
  if (found?.prices) return found.prices
  const quoted = JSON.stringify(name.slice(0, 200))
  if (!found) throw new GatewayError('unknown_model', `Nothing is known of the model ${quoted}. GET /v1/models lists the models that are served here; others are named with their provider, such as openai/gpt-4o.`, { param })
  throw new GatewayError('unpriced_model', `No price is known for the model ${quoted}. Ask the operator to set its prices.`, { param })
}
