import type { Resource } from './command.ts'

/** A resource's name, and where its commands are: read only when it is asked for. */
export interface ResourceEntry {
  readonly name: string
  readonly summary: string
  readonly load: () => Promise<Resource>
}

/** Everything that the command line can ask a gateway about. */
export const resources: readonly ResourceEntry[] = [
  { name: 'keys', summary: 'virtual keys: make, list, change, block, delete', load: async () => (await import('./resources/keys.ts')).keys },
  { name: 'teams', summary: 'teams and who is in them', load: async () => (await import('./resources/teams.ts')).teams },
  { name: 'users', summary: 'users of the gateway', load: async () => (await import('./resources/users.ts')).users },
  { name: 'organizations', summary: 'organizations and who is in them', load: async () => (await import('./resources/organizations.ts')).organizations },
  { name: 'customers', summary: 'end users, whom calls name', load: async () => (await import('./resources/customers.ts')).customers },
  { name: 'tags', summary: 'tags of calls, and their limits', load: async () => (await import('./resources/tags.ts')).tags },
  { name: 'budgets', summary: 'limits under a name, for many to share', load: async () => (await import('./resources/budgets.ts')).budgets },
  { name: 'models', summary: 'what callers can name as the model', load: async () => (await import('./resources/models.ts')).models },
  { name: 'credentials', summary: 'what models prove themselves with, under a name', load: async () => (await import('./resources/credentials.ts')).credentials },
  { name: 'access-groups', summary: 'names for several models at once', load: async () => (await import('./resources/access-groups.ts')).accessGroups },
  { name: 'spend', summary: 'what was spent', load: async () => (await import('./resources/spend.ts')).spend },
  { name: 'audit', summary: 'what was changed by whom', load: async () => (await import('./resources/audit.ts')).audit },
]

/** The resource of a name, or of one of its things (`key`). */
export function resourceNamed(word: string | undefined): ResourceEntry | undefined {
  return resources.find(({ name }) => name === word || name === `${word}s`)
}
