import { UsageError } from '../cli/usage-error.ts'
import { dataDirOf } from '../server/data-dir.ts'
import { readMasterKey } from '../server/master-key.ts'
import type { Settings } from './read-command.ts'

export type Environment = Readonly<Record<string, string | undefined>>

/** Which gateway is meant, and the key for it. */
export interface Connection {
  readonly url: string
  readonly apiKey: string | undefined
}

const DEFAULT_URL = 'http://127.0.0.1:4000'
const local: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]'])

/**
 * Flags first, then our variables, then those of LiteLLM's command line. A gateway of this machine is asked
 * with its own master key where none is named; that key never goes to another machine.
 * @throws UsageError when the address is none
 */
export function connectionOf(settings: Settings, env: Environment): Connection {
  const url = settings.url ?? present(env['TIANJILLM_URL']) ?? present(env['LITELLM_PROXY_URL']) ?? DEFAULT_URL
  const parsed = URL.parse(url)
  if (parsed === null || !/^https?:$/.test(parsed.protocol) || parsed.username !== '' || parsed.password !== '') throw new UsageError('--url (or TIANJILLM_URL) must be an address such as http://127.0.0.1:4000, without user and password.')
  const named = settings.apiKey ?? present(env['TIANJILLM_API_KEY']) ?? present(env['LITELLM_PROXY_API_KEY'])
  return { url, apiKey: named ?? (local.has(parsed.hostname) ? ownKey(settings, env) : undefined) }
}

/** The key that a gateway started here would have: the operator's, else the one that was made. */
function ownKey(settings: Settings, env: Environment): string | undefined {
  return present(env['LITELLM_MASTER_KEY']) ?? readMasterKey(dataDirOf(settings.dataDir, env))
}

const present = (value: string | undefined): string | undefined => (value === '' ? undefined : value)
