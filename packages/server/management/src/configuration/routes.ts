import type { Gateway } from '@tianjillm/gateway'
import { accessGroupRoutes } from '../access-groups/routes.ts'
import { credentialRoutes } from '../credentials/routes.ts'
import type { DocumentedRoute } from '../define-route.ts'
import { fallbackRoutes } from '../fallbacks/routes.ts'
import { modelInfoRoutes } from '../models/info.ts'
import { modelRoutes } from '../models/routes.ts'
import type { ManagementOptions } from '../service.ts'
import { passThroughRoutes } from './pass-through.ts'
import type { OperatorConfiguration } from './port.ts'
import { allowedIpRoutes } from './allowed-ips.ts'
import { settingRoutes } from './settings.ts'
import { shownRoutes } from './shown.ts'

/** What the routes for models, credentials, access groups, fallbacks and settings work on. */
export interface ConfigurationOptions extends Pick<ManagementOptions, 'clock' | 'audits'> {
  readonly gateway: Gateway
  readonly configuration: OperatorConfiguration
  /** Whether the proxy itself serves something at a path, which then no endpoint may have. */
  readonly serves?: (path: string) => boolean
}

/** The routes with which operators change what the config file says otherwise. A change is in effect here when it is answered, and within a second in other replicas. */
export function configurationRoutes(options: ConfigurationOptions): readonly DocumentedRoute[] {
  return [modelRoutes, modelInfoRoutes, credentialRoutes, accessGroupRoutes, fallbackRoutes, settingRoutes, allowedIpRoutes, shownRoutes, passThroughRoutes].flatMap((routes) => routes(options))
}

