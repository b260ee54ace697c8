import type { Route } from '@tianjillm/gateway'

/** What `/health/readiness` tells. */
export interface Readiness {
  readonly ready: boolean
  /** Facts for the operator; no secrets, these routes ask for no key. */
  readonly details: Readonly<Record<string, unknown>>
}

/** LiteLLM's health routes: alive, and ready for traffic. Public, so that a load balancer can ask. */
export function healthRoutes(readiness: () => Readiness): readonly Route[] {
  return [
    { kind: 'query', method: 'GET', paths: ['/health/liveliness', '/health/liveness'], permission: 'public', answer: () => ({ status: 200, body: "I'm alive!" }) },
    {
      kind: 'query', method: 'GET', paths: ['/health/readiness'], permission: 'public',
      answer: () => {
        const { ready, details } = readiness()
        return { status: ready ? 200 : 503, body: { status: ready ? 'healthy' : 'unhealthy', ...details } }
      },
    },
  ]
}
