import type { PassRoute } from '../route.ts'
import { createEndpoint, type PassThroughOptions } from './endpoint.ts'

export type { PassThroughOptions } from './endpoint.ts'

/** The operator's own paths. Immutable. */
export interface PassThrough {
  /** The endpoint of a path, as it stands in the request line: that path itself, else the longest above it that takes what is below. */
  find(path: string): PassRoute | undefined
}

/** Of two with one path the first counts. */
export function createPassThrough(endpoints: readonly PassThroughOptions[]): PassThrough {
  const routes = new Map<string, PassRoute>()
  for (const options of endpoints) if (!routes.has(options.path)) routes.set(options.path, routeOf(options))
  return {
    find(asked) {
      const path = asked.length > 1 && asked.endsWith('/') ? asked.slice(0, -1) : asked
      const own = routes.get(path)
      if (own) return own
      for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
        const above = routes.get(path.slice(0, end))
        if (above?.endpoint.options.subpaths) return above
      }
      return undefined
    },
  }
}

function routeOf(options: PassThroughOptions): PassRoute {
  return {
    kind: 'pass', operation: 'pass_through', permission: options.authenticated ? 'inference' : 'public', methods: new Set(options.methods), endpoint: createEndpoint(options),
    // Keys that may use some paths only name the endpoint's own.
    paths: [options.path],
  }
}
