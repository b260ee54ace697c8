import type { ArchivePlace } from '@tianjillm/archive'
import { GatewayError } from '@tianjillm/core'
import * as v from 'valibot'
import { defineRoute, type DocumentedRoute, Reply } from '../define-route.ts'
import { numberParam, textParam } from '../search-fields.ts'
import { presentArchiving } from './archives.ts'
import type { SpendOptions } from './options.ts'
import { wrong } from './range.ts'

const DAY_MS = 86_400_000
/** Milliseconds that a page may take. */
const LONGEST_MS = 60_000
const MOST = 10_000

/** `GET /spend/archives/calls`: calls of a day as they are in cold storage. A day of a large gateway is read page by page. */
export function archivedCallRoutes({ archives, archiving }: SpendOptions): readonly DocumentedRoute[] {
  if (!archives) return []
  return [
    defineRoute({
      method: 'GET', paths: ['/spend/archives/calls'], permission: 'archives:read', tag: 'Archives', summary: 'Calls of a day that are archived, read from cold storage: one JSON object a line, with the columns of the ledger.',
      search: v.object({
        day: v.pipe(v.string(), v.isoDate('must be a day such as 2025-01-31 (UTC)'), v.description('The day (UTC).'), v.examples(['2025-01-31'])),
        request_id: textParam('Only the call of this id: ours, or the one that its caller chose.'),
        limit: numberParam('Calls of a page.', 1000, MOST), next: textParam('The `x-tianjillm-next` of the page before.'),
      }),
      answer: v.string(),
      async handle({ search: { day, request_id: wanted, limit, next } }) {
        const from = Date.parse(day)
        if (Number.isNaN(from) || new Date(from).toISOString().slice(0, 10) !== day) throw wrong('day', 'must be a day such as 2025-01-31 (UTC)')
        const { archiver } = presentArchiving(archiving)
        const lines: string[] = []
        let more: ArchivePlace | undefined
        let last: ArchivePlace | undefined
        for await (const row of archiver.rows({ from, to: from + DAY_MS }, next ? readPlace(next) : undefined, AbortSignal.timeout(LONGEST_MS))) {
          if (wanted !== undefined && row.id !== wanted && (JSON.parse(row.line) as { readonly call_id?: string }).call_id !== wanted) continue
          if (lines.length === limit) {
            more = last
            break
          }
          lines.push(`${row.line}\n`)
          last = row.next
        }
        return new Reply(200, lines.join(''), { 'content-type': 'application/x-ndjson', 'x-content-type-options': 'nosniff', ...(more && { 'x-tianjillm-next': writePlace(more) }) })
      },
    }),
  ]
}

function writePlace({ archive, part, line }: ArchivePlace): string {
  return Buffer.from(JSON.stringify([archive, part, line])).toString('base64url')
}

/** @throws `invalid_request` */
function readPlace(text: string): ArchivePlace {
  try {
    const [archive, part, line] = JSON.parse(Buffer.from(text, 'base64url').toString()) as unknown[]
    if (typeof archive === 'string' && Number.isSafeInteger(part) && Number.isSafeInteger(line)) return { archive, part: part as number, line: line as number }
  } catch {
    // Told below.
  }
  throw new GatewayError('invalid_request', '`next` must be the `x-tianjillm-next` of an earlier page.', { param: 'next' })
}
