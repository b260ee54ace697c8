import type { Principal } from '@tianjillm/auth'
import type { QueryRoute } from '@tianjillm/gateway'

/** Requests of one kind; `{day}` and the like stand for values that change from one to the next. */
export interface Question {
  readonly name: string
  readonly path: string
  readonly kind: 'calls' | 'sums'
  readonly body?: Readonly<Record<string, unknown>>
}

export interface Measured {
  readonly name: string
  readonly kind: Question['kind']
  readonly p50: number
  readonly p99: number
  /** Characters or bytes of the longest answer. */
  readonly size: number
}

const DAY = 86_400_000
const admin: Principal = { tenant: 'bench', role: 'proxy_admin', facts: {} }

/** Asks a question many times, each time of somebody and some days else. Milliseconds from the question to the answer as it is sent. */
export async function measure(routes: readonly QueryRoute[], question: Question, { times, last, days }: { readonly times: number; readonly last: number; readonly days: number }): Promise<Measured> {
  const took: number[] = []
  let size = 0
  // The first ones warm it up.
  for (let i = -5; i < times; i += 1) {
    const { pathname, searchParams } = new URL(fillIn(question.path, i + 5, last, days), 'http://bench')
    const route = routes.find(({ paths }) => paths.includes(pathname))
    if (!route) throw new Error(`No route ${pathname}`)
    const start = performance.now()
    const { body, pieces, status } = await route.answer({ params: {}, principal: admin, search: searchParams, body: question.body ?? {}, header: () => undefined })
    const text = pieces ? '' : JSON.stringify(body)
    if (status !== 200) throw new Error(`${question.path}: ${text.slice(0, 200)}`)
    if (i >= 0) took.push(performance.now() - start)
    size = Math.max(size, pieces ? pieces.reduce((sum, piece) => sum + piece.length, 0) : text.length)
  }
  took.sort((a, b) => a - b)
  const at = (share: number): number => took[Math.min(took.length - 1, Math.ceil(took.length * share) - 1)]!
  return { name: question.name, kind: question.kind, p50: at(0.5), p99: at(0.99), size }
}

function fillIn(path: string, i: number, last: number, days: number): string {
  const day = (moment: number): string => new Date(moment).toISOString().slice(0, 10)
  const end = last - ((i * 7) % Math.max(1, days - 31)) * DAY
  const values: Readonly<Record<string, string>> = {
    key: `{key-${i % 200}}`, user: `user-${i % 6}`, team: `team-${i % 7}`, org: `org-${i % 5}`, customer: `customer-${(i * 37) % 5000}`, model: `model-${i % 12}`, tag: `tag-${i % 12}`, deployment: `d${i % 20}`,
    week: `start_date=${day(end - 6 * DAY)}&end_date=${day(end)}`, month: `start_date=${day(end - 29 * DAY)}&end_date=${day(end)}`, all: `start_date=${day(last - (days - 2) * DAY)}&end_date=${day(last)}`,
    date: day(end), request: `r${i % Math.max(1, Math.floor(days / 7))}-${i * 13 + 1}`,
  }
  return path.replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name]!).replaceAll(/\{key-(\d+)\}/g, 'key-$1')
}
