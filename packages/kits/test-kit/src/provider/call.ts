import { type Attempt, type AttemptOptions, createAttempt } from '@tianjillm/provider-kit'

/** What `created` is where an upstream sends none: 2025-01-01T00:00:00Z in seconds. */
export const TEST_CREATED = Date.UTC(2025, 0, 1) / 1000

/** The id of calls in tests. */
export const TEST_ID = 'req_test'

export type TestCall = Attempt

/** Options of {@link testCall}. */
export type TestCallOptions = Partial<AttemptOptions>

/** One attempt, as an adapter sees it, with a fixed id and time. */
export function testCall(options: TestCallOptions = {}): TestCall {
  return createAttempt({ model: 'test-model', id: TEST_ID, created: TEST_CREATED, ...options })
}
