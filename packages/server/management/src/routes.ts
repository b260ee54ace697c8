import { auditRoutes } from './audit/routes.ts'
import { budgetRoutes } from './budgets/routes.ts'
import { customerRoutes } from './customers/routes.ts'
import type { DocumentedRoute } from './define-route.ts'
import { keyRoutes } from './keys/routes.ts'
import { explainRoutes } from './limits/explain.ts'
import { organizationRoutes } from './organizations/routes.ts'
import type { ManagementOptions } from './service.ts'
import { tagRoutes } from './tags/routes.ts'
import { teamRoutes } from './teams/routes.ts'
import { userRoutes } from './users/routes.ts'

/** The routes that manage who may call, and what they may use and spend. Each names the permission that it asks for. */
export function identityRoutes(options: ManagementOptions): readonly DocumentedRoute[] {
  return [keyRoutes, teamRoutes, userRoutes, organizationRoutes, budgetRoutes, customerRoutes, tagRoutes, explainRoutes, auditRoutes].flatMap((routes) => routes(options))
}
