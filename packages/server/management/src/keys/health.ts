import * as v from 'valibot'
import { words } from '../answer-fields.ts'
import { defineRoute, type DocumentedRoute } from '../define-route.ts'
import type { ManagementOptions } from '../service.ts'

/** `/key/health`: whoever gets here has a key that works; beside it, whether the records of its calls go out. */
export function keyHealthRoute({ gateway }: ManagementOptions): DocumentedRoute {
  return defineRoute({
    method: 'POST', paths: ['/key/health'], permission: 'keys:read', tag: 'Keys', summary: 'Whether the key works, and the callbacks that its calls are told to.',
    answer: v.object({ key: v.picklist(['healthy', 'unhealthy']), logging_callbacks: v.nullable(v.object({ callbacks: words, status: v.picklist(['healthy', 'unhealthy']), details: v.string() })) }),
    handle() {
      const states = gateway.settings.callbacks.map(({ name, callback }) => ({ name, ...callback.stats() }))
      if (states.length === 0) return { key: 'healthy' as const, logging_callbacks: null }
      const losing = states.filter(({ dropped }) => dropped > 0)
      return {
        key: losing.length === 0 ? 'healthy' as const : 'unhealthy' as const,
        logging_callbacks: {
          callbacks: states.map(({ name }) => name), status: losing.length === 0 ? 'healthy' as const : 'unhealthy' as const,
          details: losing.length === 0 ? `No record was lost by ${states.map(({ name }) => name).join(', ')}.` : `Records were lost by ${losing.map(({ name, dropped }) => `${name} (${dropped})`).join(', ')}.`,
        },
      }
    },
  })
}
