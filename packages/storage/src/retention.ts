import type { Sql } from 'postgres'
import { DAY_MS, lastRolledUp, ROLLED_UP } from './ledger/days.ts'
import { summedColumns } from './ledger/sums.ts'
import { keepDays } from './ledger/kept-sheets.ts'
import { dropPartitions } from './ledger/partitions.ts'
import { fillMonth } from './ledger/usage-columns.ts'

/** What operators decide about retention. */
export interface RetentionWishes {
  /** Rows of the spend log that are older may go, whole weeks at a time; absent: none goes. */
  readonly spendLogMs?: number
  /** Entries of the audit log that are older may go; absent: none goes. */
  readonly auditLogMs?: number
}

/** What keeps a table from growing without end. */
export interface RetentionRule {
  readonly rule: string
  /** Applies it. Safe to run at any time, and in several replicas at once. Answers what was done, for the log. */
  readonly apply?: (sql: Sql, now: number, wishes: RetentionWishes) => Promise<readonly string[]>
}

/** Days that changes of the directory are read for; a replica that was away for longer reads everything anew. */
const CHANGE_DAYS = 1

/** The rule of every table. A test fails for a table without one. */
export const retention: Readonly<Record<string, RetentionRule>> = {
  __drizzle_migrations: { rule: 'kept: a row for each version of the schema' },
  directory_key: { rule: 'kept until an operator deletes the record' },
  directory_team: { rule: 'kept until an operator deletes the record' },
  directory_user: { rule: 'kept until an operator deletes the record' },
  directory_organization: { rule: 'kept until an operator deletes the record' },
  directory_budget: { rule: 'kept until an operator deletes the record' },
  directory_customer: { rule: 'kept until an operator deletes the record' },
  directory_tag: { rule: 'kept until an operator deletes the record' },
  configuration_model: { rule: 'kept until an operator deletes the record' },
  configuration_credential: { rule: 'kept until an operator deletes the record' },
  configuration_access_group: { rule: 'kept until an operator deletes the record' },
  configuration_fallback: { rule: 'kept until an operator deletes the record' },
  configuration_setting: { rule: 'kept until an operator deletes the record' },
  directory_name: { rule: 'goes with its record, in the same transaction' },
  directory_gone: {
    rule: 'dropped after two years, when no report tells of that time any more',
    apply: async (sql, now) => dropped(await sql`delete from directory_gone where at < ${lastRolledUp(now)}::text::date`, 'names'),
  },
  directory_change: {
    rule: `dropped after ${CHANGE_DAYS} day`,
    apply: async (sql, now) => dropped(await sql`delete from directory_change where at < ${new Date(now - CHANGE_DAYS * DAY_MS).toISOString()}::timestamptz`, 'changes'),
  },
  audit_log: {
    rule: 'kept, or dropped after `maximum_audit_logs_retention_period`',
    async apply(sql, now, { auditLogMs }) {
      if (auditLogMs === undefined) return []
      const gone = await sql`delete from audit_log where at < ${new Date(now - auditLogMs).toISOString()}::timestamptz`
      return gone.count > 0 ? [`${gone.count} entries`] : []
    },
  },
  spend_log: {
    rule: 'kept, dropped by week after `maximum_spend_logs_retention_period`, or archived by week with `spend_archive`, which leaves nothing to drop',
    apply: async (sql, now, { spendLogMs }) => (spendLogMs === undefined ? [] : dropPartitions(sql, now - spendLogMs)),
  },
  spend_archives: { rule: 'kept: a row for each export of a week, which tells where its calls are' },
  spend_daily: {
    rule: 'days are kept for two years, then rolled up into one row an owner, model and provider',
    apply: rollUp,
  },
  spend_usage: {
    rule: 'days are dropped after two years; what was spent in all stays in spend_daily',
    apply: async (sql, now) => dropped(await sql`delete from spend_usage where day <= ${lastRolledUp(now)}::text::date`, 'sums'),
  },
  spend_usage_sheet: {
    rule: 'goes with its day, in the same transaction; days that are over and have none get one',
    apply: async (sql, now) => {
      await keepDays(sql, now)
      return []
    },
  },
  spend_usage_month: {
    rule: 'goes with its days: months that are not the sum of their days are added up anew',
    apply: recountMonths,
  },
}

function dropped({ count }: { readonly count: number }, what: string): readonly string[] {
  return count > 0 ? [`${count} ${what}`] : []
}

/**
 * Days may have gone since, or have been written by a version of this program that knew of no months. Days and months
 * are written together, so that one look at both tells which differ.
 */
async function recountMonths(sql: Sql): Promise<readonly string[]> {
  const wrong = await sql<{ month: string }[]>`
    with days as (select date_trunc('month', day::timestamp)::date as month, sum(requests) as requests, sum(prompt_tokens) as tokens, sum(cost_nano_usd) as cost from spend_usage where counted <> 'end_user' group by 1),
      months as (select month, sum(requests) as requests, sum(prompt_tokens) as tokens, sum(cost_nano_usd) as cost from spend_usage_month group by 1)
    select month::text from days full join months using (month) where (days.requests, days.tokens, days.cost) is distinct from (months.requests, months.tokens, months.cost) order by 1`
  for (const { month } of wrong) {
    await sql.begin(async (tx) => {
      // Whoever writes calls waits for as long as that takes.
      await tx`lock table spend_usage_month in share row exclusive mode`
      await tx`delete from spend_usage_month where month = ${month}::text::date`
      await tx.unsafe(fillMonth, [month])
    })
  }
  return wrong.map(({ month }) => month)
}

/** Adds old days up, one at a time; their sum stays, so that budgets that never reset stay right. */
async function rollUp(sql: Sql, now: number): Promise<readonly string[]> {
  const sums = summedColumns.join(', ')
  const done: string[] = []
  for (;;) {
    const [oldest] = await sql<{ day: string }[]>`select min(day)::text as day from spend_daily where day > ${ROLLED_UP}::date and day <= ${lastRolledUp(now)}::date having min(day) is not null`
    if (!oldest) return done
    await sql.unsafe(
      `with gone as (delete from spend_daily where day = $1::text::date returning *)
       insert into spend_daily as d (day, entity_kind, entity_id, model, provider, ${sums})
       select $2::text::date, entity_kind, entity_id, model, provider, ${sums} from gone order by 2, 3, 4, 5
       on conflict (day, entity_kind, entity_id, model, provider) do update set ${summedColumns.map((name) => `${name} = d.${name} + excluded.${name}`).join(', ')}`,
      [oldest.day, ROLLED_UP],
    )
    done.push(oldest.day)
  }
}
