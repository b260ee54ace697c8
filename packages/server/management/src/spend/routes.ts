import type { Route } from '@tianjillm/gateway'
import { type SpendReader, toUsd } from '@tianjillm/spend'
import { readSpendQuery, writeCursor } from './query.ts'
import { toSpendLog } from './row.ts'
import { summarize } from './summary.ts'

/** LiteLLM's routes that tell what was spent, read from the ledger. */
export function spendRoutes(spend: SpendReader): readonly Route[] {
  return [
    {
      kind: 'query', method: 'GET', paths: ['/spend/logs'], permission: 'spend:read',
      async answer({ search }) {
        const query = readSpendQuery(search)
        const { from, to } = query.filter
        if (query.summarize && from !== undefined && to !== undefined) return { status: 200, body: summarize(await spend.days(query.filter), from, to) }
        const { entries, next } = await spend.page(query.filter, query.limit, query.after)
        const data = entries.map(toSpendLog)
        const cursor = next && writeCursor(next)
        return { status: 200, body: query.paged ? { data, next: cursor ?? null } : data, ...(cursor !== undefined && { headers: { 'x-tianjillm-next': cursor } }) }
      },
    },
    {
      kind: 'query', method: 'GET', paths: ['/global/spend'], permission: 'spend:read',
      async answer() {
        const { costNanoUsd } = await spend.sum('total', '')
        // No budget for the whole proxy yet.
        return { status: 200, body: { spend: toUsd(costNanoUsd), max_budget: 0 } }
      },
    },
  ]
}
