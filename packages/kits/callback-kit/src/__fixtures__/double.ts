import { createConnector } from '@tianjillm/connector'
import type { CallRecord } from '@tianjillm/core'
import { answer, callRecord as builtRecord, createFakeClock, createFakeUpstream, createTestHost, type FakeClock, type FakeUpstream, reroute, type TestHost, turn } from '@tianjillm/test-kit'

/** Lets promises and immediates run: a record takes a few turns from the queue to the end of its send. */
export async function turns(count = 5): Promise<void> {
  for (let i = 0; i < count; i++) await turn()
}

/** Moves time on, with all that follows from each timer before the next. */
export async function advance(clock: FakeClock, ms: number): Promise<void> {
  const until = clock.monotonic() + ms
  await turns()
  for (let next = clock.next(); next !== undefined && clock.monotonic() + next <= until; next = clock.next()) {
    clock.advance(next)
    await turns()
  }
  clock.advance(until - clock.monotonic())
}

/** A host without a network. Its clock stands at 2026-01-02T03:04:05Z. */
export function testHost(): TestHost<FakeClock> {
  return createTestHost({ clock: createFakeClock(Date.UTC(2026, 0, 2, 3, 4, 5)) })
}

/** A target over real sockets, and a host whose calls reach it. */
export interface Stage extends AsyncDisposable {
  readonly target: FakeUpstream
  readonly host: TestHost<FakeClock>
}

export async function openStage(): Promise<Stage> {
  const target = (await createFakeUpstream()).otherwise(answer.json({}))
  const connector = createConnector()
  return {
    target,
    host: createTestHost({ http: reroute(connector, target.url).http, clock: testHost().clock }),
    async [Symbol.asyncDispose]() {
      await connector.destroy()
      await target.close()
    },
  }
}

/** A finished call without text and metadata, so that its size is what the test gives it. */
export function callRecord(parts: Partial<CallRecord> = {}): CallRecord {
  const { text: _text, metadata: _metadata, ...rest } = builtRecord()
  return { ...rest, ...parts }
}

/** A signal that never fires. */
export const never: AbortSignal = new AbortController().signal
