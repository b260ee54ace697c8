export { vaultConfig, type VaultConfig } from './config.ts'
export { vaultPlugin } from './plugin.ts'
