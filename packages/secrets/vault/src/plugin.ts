import { GatewayError, type Host, Secret, type Secrets, type SecretsPlugin } from '@tianjillm/core'
import manifest from '../package.json' with { type: 'json' }
import { vaultConfig, type VaultConfig } from './config.ts'
import { createVaultClient } from './vault-client.ts'

/** Reads `name` or `path#field` from HashiCorp Vault's KV version 2. */
export const vaultPlugin: SecretsPlugin<VaultConfig> = Object.freeze({
  apiVersion: 1,
  kind: 'secrets',
  name: 'vault',
  aliases: ['hashicorp_vault'],
  version: manifest.version,
  config: vaultConfig,
  env: {
    addr: ['HCP_VAULT_ADDR'],
    token: ['HCP_VAULT_TOKEN'],
    role_id: ['HCP_VAULT_APPROLE_ROLE_ID'],
    secret_id: ['HCP_VAULT_APPROLE_SECRET_ID'],
    approle_mount: ['HCP_VAULT_APPROLE_MOUNT_PATH'],
    namespace: ['HCP_VAULT_NAMESPACE'],
    mount: ['HCP_VAULT_MOUNT_NAME'],
    path_prefix: ['HCP_VAULT_PATH_PREFIX'],
    refresh_interval: ['HCP_VAULT_REFRESH_INTERVAL'],
  },
  create: (config: VaultConfig, host: Host): Secrets => {
    const client = createVaultClient(config, host)
    const { clock } = host
    const kept = new Map<string, { readonly fields: ReadonlyMap<string, Secret>; readonly endsAt: number }>()
    return {
      async get(name, signal) {
        signal.throwIfAborted()
        const [path, field] = split(name, config.path_prefix)
        const known = kept.get(path)
        if (known && known.endsAt > clock.monotonic()) return known.fields.get(field)
        const data = await client.read(path, signal)
        if (data === undefined) {
          kept.delete(path)
          return undefined
        }
        const fields = new Map(Object.entries(data).flatMap(([key, value]) => (typeof value === 'string' ? [[key, new Secret(value)] as const] : [])))
        kept.set(path, { fields, endsAt: clock.monotonic() + config.refresh_interval * 1000 })
        return fields.get(field)
      },
      close() {
        kept.clear()
        client.close()
      },
    }
  },
})

/** `team/openai#api_key` -> path and field; the field is `key` unless the name says another. @throws `invalid_config` */
function split(name: string, prefix: string | undefined): readonly [path: string, field: string] {
  const mark = name.lastIndexOf('#')
  const path = mark === -1 ? name : name.slice(0, mark)
  const segments = [...(prefix === undefined ? [] : prefix.split('/')), ...path.split('/')]
  if (segments.some((segment) => segment === '' || segment === '.' || segment === '..')) throw new GatewayError('invalid_config', `${JSON.stringify(name)} is not the name of a Vault secret: it has an empty, "." or ".." segment.`)
  return [segments.map(encodeURIComponent).join('/'), mark === -1 ? 'key' : name.slice(mark + 1)]
}
