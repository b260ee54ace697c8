import * as v from 'valibot'

const text = v.pipe(v.string(), v.nonEmpty())
const path = v.pipe(text, v.regex(/^\/?[\w.-]+(\/[\w.-]+)*\/?$/, 'Write path segments of letters, digits, . _ and -'), v.transform((value) => value.replaceAll(/^\/|\/$/g, '')))

/** What an operator may write in `key_management_settings`. */
export const vaultConfig = v.pipe(
  v.strictObject({
    addr: v.pipe(text, v.url(), v.regex(/^https?:/, 'Write an http: or https: URL'), v.metadata({ description: 'URL of the server.' })),
    token: v.optional(v.pipe(text, v.metadata({ secret: true, description: 'A token. Or `role_id` and `secret_id`.' }))),
    role_id: v.optional(v.pipe(text, v.metadata({ description: 'AppRole; wins over `token`.' }))),
    secret_id: v.optional(v.pipe(text, v.metadata({ secret: true, description: 'AppRole.' }))),
    approle_mount: v.optional(v.pipe(path, v.metadata({ description: 'Where the AppRole method is mounted.' })), 'approle'),
    namespace: v.optional(v.pipe(text, v.metadata({ description: 'Namespace (Vault Enterprise, HCP).' }))),
    mount: v.optional(v.pipe(path, v.metadata({ description: 'Where the KV engine is mounted.' })), 'secret'),
    path_prefix: v.optional(v.pipe(path, v.metadata({ description: 'Goes before every name.' }))),
    refresh_interval: v.optional(v.pipe(v.union([v.number(), v.pipe(v.string(), v.regex(/^\d+$/), v.transform(Number))]), v.minValue(0), v.metadata({ description: 'Seconds that a secret is kept.' })), 86_400),
    access_mode: v.optional(v.pipe(v.literal('read_only', 'This version reads secrets only'), v.metadata({ description: 'Accepted for LiteLLM\'s configs.' })), 'read_only'),
  }),
  v.forward(v.check(({ token, role_id: role }) => (token ?? role) !== undefined, 'Write a token, or role_id and secret_id'), ['token']),
  v.forward(v.check(({ role_id: role, secret_id: id }) => (role === undefined) === (id === undefined), 'role_id and secret_id go together'), ['secret_id']),
)

export type VaultConfig = v.InferOutput<typeof vaultConfig>
