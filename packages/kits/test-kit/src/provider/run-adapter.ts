import type { Operation } from '@tianjillm/core'
import { type AdapterAnswer, type AdapterCall, callAdapter } from '@tianjillm/provider-kit'
import { TEST_CREATED, TEST_ID } from './call.ts'

/** What {@link runAdapter} drives. */
export type AdapterRun<O extends Operation> = Omit<AdapterCall<O>, 'id' | 'created' | 'trust'>

/** What came of a run. */
export type AdapterResult<O extends Operation> = AdapterAnswer<O>

/** `callAdapter` of provider-kit with a fixed id and time, so that what comes out can be compared. */
export async function runAdapter<O extends Operation>(run: AdapterRun<O>): Promise<AdapterResult<O>> {
  return callAdapter({ ...run, model: run.model ?? String((run.input as { readonly model?: unknown }).model ?? 'test-model'), id: TEST_ID, created: TEST_CREATED })
}
