export { nearest, unknownKey } from './nearest.ts'
export { identityRoutes } from './routes.ts'
export type { ManagementOptions } from './service.ts'
export { spendRoutes } from './spend/routes.ts'
