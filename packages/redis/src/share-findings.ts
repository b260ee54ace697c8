import type { Clock, Log } from '@tianjillm/core'
import type { RedisConnection } from './connection.ts'
import { Link } from './link.ts'
import { hearScript, leadScript, tellScript } from './scripts/health.ts'

export interface ShareFindingsOptions {
  readonly redis: RedisConnection
  readonly clock: Clock
  readonly log: Log
  /** What is looked for; names the keys. */
  readonly name: string
}

/** Replicas of which one looks for something, and tells the others. Nothing of it throws. */
export interface SharedFindings<Finding> {
  /** Whether this replica is the one, for so many milliseconds; undefined: Redis does not answer. */
  lead(ms: number): Promise<boolean | undefined>
  tell(found: readonly Finding[], ms: number): Promise<void>
  hear(): Promise<readonly Finding[]>
  close(): void
}

/** A look may be long: each step may take this many milliseconds. */
const DEADLINE_MS = 2000

/** The leader leads for as long as it looks in time; when it is gone, the next one that asks takes its place. */
export function shareFindings<Finding>({ redis, clock, log, name }: ShareFindingsOptions): SharedFindings<Finding> {
  const prefix = `{${redis.namespace.replaceAll(/[{}]/g, '_')}:${name}}:`
  const me = crypto.randomUUID()
  const link = new Link({ client: redis.client, clock, deadlineMs: DEADLINE_MS, onReady: () => undefined, onChange: () => undefined })
  const asked = async <T>(ask: () => Promise<T>, otherwise: T): Promise<T> => {
    try {
      return await ask()
    } catch (error) {
      log.debug({ err: error }, `could not share ${name} with other replicas`)
      return otherwise
    }
  }
  return {
    // Half a turn longer, so that the leader comes again before its time is out.
    lead: (ms) => asked<boolean | undefined>(async () => (await link.ask(leadScript, [`${prefix}leader`], [me, Math.ceil(ms * 1.5)])) === 1, undefined),
    tell: (found, ms) => asked(async () => void (await link.ask(tellScript, [`${prefix}findings`], [JSON.stringify(found), ms])), undefined),
    hear: () => asked<readonly Finding[]>(async () => {
      const text = await link.ask(hearScript, [`${prefix}findings`], [])
      const found: unknown = typeof text === 'string' ? JSON.parse(text) : []
      return Array.isArray(found) ? found as Finding[] : []
    }, []),
    close: () => link.close(),
  }
}
