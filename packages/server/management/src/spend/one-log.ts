import type { Principal } from '@tianjillm/auth'
import { GatewayError, isGatewayError } from '@tianjillm/core'
import type { LedgerEntry, SpendFilter } from '@tianjillm/spend'
import * as v from 'valibot'
import { defineRoute, type DocumentedRoute } from '../define-route.ts'
import { missingFrom, wordsOf } from './archived.ts'
import { spendLogAnswer } from './log-answer.ts'
import type { SpendOptions } from './options.ts'
import { readFilter, reaching } from './query.ts'
import { field } from './range.ts'
import { organizationReach, ownReach, type Reach, teamReach } from './reach.ts'
import { toSpendLog } from './row.ts'

const none = v.strictObject({})

/** `GET /spend/logs/ui/{request_id}`: one call. LiteLLM shows its texts here, which are empty there too unless they are kept; here none are. */
export function oneLogRoutes(options: SpendOptions): readonly DocumentedRoute[] {
  return [
    defineRoute({
      method: 'GET', paths: ['/spend/logs/ui/:request_id{.+}'], permission: 'spend:read', tag: 'Spend', summary: 'One call, by our id or the one that its caller chose. Texts of calls are not kept.',
      search: v.object({ start_date: field('A day or moment that it came after; with it the call is found sooner.'), end_date: field('A day or moment that it came before.') }),
      answer: v.object({ ...spendLogAnswer.entries, messages: none, response: none, proxy_server_request: none }),
      async handle({ params: { request_id: requestId = '' }, search, principal }) {
        const filter = readFilter({ ...search, request_id: requestId })
        const entry = await visibleCall(options, principal, filter)
        if (!entry) {
          const missing = await missingFrom(options.archives, principal, filter)
          throw new GatewayError('not_found', `There is no such request_id.${wordsOf(missing)}`, { param: 'request_id', headers: missing.headers })
        }
        return { ...toSpendLog(entry), messages: {}, response: {}, proxy_server_request: {} }
      },
    }),
  ]
}

/** The call, if it is the caller's own, or of a team or an organization whose calls the caller sees. */
async function visibleCall(options: SpendOptions, principal: Principal | undefined, filter: SpendFilter): Promise<LedgerEntry | undefined> {
  const within = async (reach: Reach): Promise<LedgerEntry | undefined> => {
    const reached = reaching(filter, reach)
    return reached && (await options.spend.page(reached, 1)).entries[0]
  }
  const own = await within(ownReach(principal))
  if (own) return own
  const there = await within({})
  const { teamId, organizationId } = there ?? {}
  const granted = [...(teamId === undefined ? [] : [teamReach(options, principal, teamId)]), ...(organizationId === undefined ? [] : [organizationReach(options, principal, [organizationId])])]
  for (const reach of await Promise.all(granted.map((one) => one.catch(unseen)))) {
    const call = reach && (await within(reach))
    if (call) return call
  }
  return undefined
}

/** What is not there for the caller lets it see nothing; other failures are failures. */
function unseen(error: unknown): undefined {
  if (!isGatewayError(error) || error.code !== 'not_found') throw error
}
