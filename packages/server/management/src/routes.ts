import type { Route } from '@tianjillm/gateway'
import { keyRoutes } from './keys/routes.ts'
import type { ManagementOptions } from './service.ts'
import { teamRoutes } from './teams/routes.ts'
import { userRoutes } from './users/routes.ts'

/** The routes that manage keys, teams and users. Each names the permission that it asks for. */
export function identityRoutes(options: ManagementOptions): readonly Route[] {
  return [...keyRoutes(options), ...teamRoutes(options), ...userRoutes(options)]
}
