import type { DocumentedRoute } from '../define-route.ts'
import { activityRoutes } from './activity.ts'
import { archivedCallRoutes } from './archived-calls.ts'
import { archiveRoutes } from './archives.ts'
import { dailyRoutes } from './daily.ts'
import { exportRoutes } from './export.ts'
import { globalRoutes } from './global.ts'
import { logRoutes } from './logs.ts'
import { oneLogRoutes } from './one-log.ts'
import type { SpendOptions } from './options.ts'
import { ownerRoutes } from './owners.ts'
import { providerBudgetRoutes } from './provider-budgets.ts'
import { reportRoutes } from './report.ts'
import { tagUserRoutes } from './tag-users.ts'

/** LiteLLM's routes that tell what was spent, read from the ledger and its daily sums. */
export function spendRoutes(options: SpendOptions): readonly DocumentedRoute[] {
  return [logRoutes, oneLogRoutes, ownerRoutes, globalRoutes, reportRoutes, activityRoutes, dailyRoutes, tagUserRoutes, exportRoutes, providerBudgetRoutes, archivedCallRoutes, archiveRoutes].flatMap((routes) => routes(options))
}
