import type { UsageRow } from '@tianjillm/spend'
import * as v from 'valibot'
import { adminViewOnly } from '../access.ts'
import { defineRoute, type DocumentedRoute, Reply } from '../define-route.ts'
import { csvLine } from './csv.ts'
import { focusColumns } from './focus.ts'
import { namesOf } from './named.ts'
import type { SpendOptions } from './options.ts'
import { field, range, readRange, readWhole, shifted, wrong } from './range.ts'

const USUAL_PAGE = 10_000
const LARGEST_PAGE = 100_000

/**
 * `GET /spend/export/focus`: charges as FOCUS has them, as CSV: one for each day, key, model, provider and kind of
 * call. Pages hold whole days; the header `x-tianjillm-next` names the day that the next one begins with.
 */
export function exportRoutes(options: SpendOptions): readonly DocumentedRoute[] {
  return [
    defineRoute({
      method: 'GET', paths: ['/spend/export/focus'], permission: 'spend:read', tag: 'Spend', summary: 'Charges in the format FOCUS 1.2 of the FinOps Foundation, as CSV.',
      search: v.object({ ...range, limit: field(`Charges on a page, ${LARGEST_PAGE} at most; the last day is never cut.`), next: field('The `x-tianjillm-next` of the page before.') }), answer: v.string(),
      async handle({ search, principal }) {
        adminViewOnly(principal, 'export spend')
        const { from, to } = readRange(search)
        const limit = readWhole('limit', search.limit, USUAL_PAGE, LARGEST_PAGE)
        const first = search.next || from
        if (!/^\d{4}-\d{2}-\d{2}$/.test(first) || first < from || first > to) throw wrong('next', 'must be the `x-tianjillm-next` of an earlier page')
        const rows: UsageRow[] = []
        let day = first
        for (; day <= to && rows.length < limit; day = shifted(day, 1)) {
          const [charges] = await options.spend.usage({ from: day, to: day, counted: 'call', by: [['day', 'organization', 'team', 'key', 'user', 'modelGroup', 'model', 'provider', 'operation']] })
          rows.push(...charges!)
        }
        const [keys, teams, organizations] = await Promise.all([namesOf(options, 'key', rows), namesOf(options, 'team', rows), namesOf(options, 'organization', rows)])
        const names = { keys, teams, organizations }
        const lines = rows.map((row) => csvLine(focusColumns.map(([, cell]) => cell(row, names))))
        return new Reply(200, csvLine(focusColumns.map(([name]) => name)) + lines.join(''), {
          'content-type': 'text/csv; charset=utf-8; header=present', 'content-disposition': `attachment; filename="focus_${first}_${to}.csv"`, 'x-content-type-options': 'nosniff', ...(day <= to && { 'x-tianjillm-next': day }),
        })
      },
    }),
  ]
}
