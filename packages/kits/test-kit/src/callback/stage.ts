import { createConnector } from '@tianjillm/connector'
import { type CallRecord, usage } from '@tianjillm/core'
import { callRecord } from '../fakes/builders.ts'
import type { FakeClock } from '../fakes/clock.ts'
import { createTestHost, type TestHost } from '../fakes/host.ts'
import { answer } from '../upstream/answers.ts'
import { createFakeUpstream, type FakeUpstream } from '../upstream/fake-upstream.ts'
import { reroute } from '../upstream/reroute.ts'

/** A target over real sockets and a host whose calls reach it. Takes everything unless told otherwise. */
export interface CallbackStage extends AsyncDisposable {
  readonly target: FakeUpstream
  readonly host: TestHost<FakeClock>
}

export async function openCallbackStage(): Promise<CallbackStage> {
  const target = (await createFakeUpstream()).otherwise(answer.json({}))
  const connector = createConnector()
  return {
    target,
    host: createTestHost({ http: reroute(connector, target.url).http }),
    async [Symbol.asyncDispose]() {
      await connector.destroy()
      await target.close()
    },
  }
}

/** A signal that never fires. */
export const never: AbortSignal = new AbortController().signal

/** A finished call of 1.5 seconds with usage and cost, without texts, tags and metadata. */
export function finishedCall(parts: Partial<CallRecord> = {}): CallRecord {
  const { text: _text, tags: _tags, metadata: _metadata, firstByteAt: _first, ...rest } = callRecord()
  const startedAt = Date.UTC(2026, 0, 2, 3, 4, 5, 250)
  return {
    ...rest,
    startedAt,
    endedAt: startedAt + 1500,
    model: 'gpt-5',
    deployment: { id: 'dep-1', provider: 'openai', model: 'gpt-5-2026-01-01', apiBase: 'https://api.openai.com/v1' },
    caller: { keyAlias: 'ci', keyHash: 'a1b2', userId: 'user-1', teamId: 'team-1', organizationId: 'org-1', endUser: 'end-1', ip: '192.0.2.7' },
    usage: usage({ input: 10, cacheRead: 4, output: 6, reasoning: 2 }),
    costNanoUsd: 1_234_500,
    ...parts,
  }
}
