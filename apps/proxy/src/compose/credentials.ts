import type { Config, ModelEntry } from '../config/schema.ts'
import { paramsOf } from './deployment-factory.ts'

/** The credential that an entry names (`litellm_credential_name`). */
export function credentialNameOf(entry: ModelEntry): string | undefined {
  const name = paramsOf(entry)['litellm_credential_name']
  return typeof name === 'string' && name !== '' ? name : undefined
}

/** Whether the entry's credential is still to be put in, because the config file does not have it. */
export function awaitsCredential(entry: ModelEntry): boolean {
  return credentialNameOf(entry) !== undefined
}

/** The entry with a credential's values; its own win. */
export function withCredential({ model_name, model_info }: ModelEntry, own: Readonly<Record<string, unknown>>, values: Readonly<Record<string, unknown>>): ModelEntry {
  const { litellm_credential_name: _, ...rest } = own
  return { model_name, litellm_params: { ...values, ...rest }, ...(model_info && { model_info }) }
}

/** Puts the credentials of `credential_list` into the entries of `model_list` that name them. */
export function withFileCredentials(config: Config): Config {
  const byName = new Map(config.credential_list.map((credential) => [credential.credential_name, credential.credential_values]))
  if (byName.size === 0) return config
  return {
    ...config,
    model_list: config.model_list.map((entry) => {
      const values = byName.get(credentialNameOf(entry) ?? '')
      return values ? withCredential(entry, paramsOf(entry), values) : entry
    }),
  }
}
