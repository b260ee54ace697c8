import assert from 'node:assert/strict'
import type { AdapterOf, Operation, Operations, Provider } from '@tianjillm/core'
import { deepFreeze } from '../fakes/builders.ts'
import { assertNoSecret, openStage, type Stage } from '../suite/stage.ts'
import type { ProviderCase } from './checks.ts'
import { smallestInputs } from './inputs.ts'
import { type AdapterResult, type AdapterRun, runAdapter } from './run-adapter.ts'

export type ProviderStage = Stage<Provider>

/** Sets a stage, runs `body` on it, and looks for leaks of secrets at the end. */
export async function onStage(suite: ProviderCase, body: (stage: ProviderStage) => Promise<void>): Promise<void> {
  await using stage = await openStage(suite)
  await body(stage)
  assertNoSecret(suite.secrets, stage.host.logText(), 'the log')
  assert.deepEqual(stage.out.misdirected, [], 'A credential was about to go to a host that it is not bound to.')
}

export function adapterOf<O extends Operation>(provider: Provider, operation: O): AdapterOf<O> {
  const adapter = provider.adapters[operation]
  assert.ok(adapter !== undefined, `The provider has no adapter for \`${operation}\`.`)
  return adapter as unknown as AdapterOf<O>
}

/** The operations that the provider offers. */
export function operationsOf(provider: Provider): Operation[] {
  return Object.keys(provider.adapters) as Operation[]
}

/** One call on the stage, with an input that throws when it is changed. */
export function runOn<O extends Operation>(suite: ProviderCase, { instance, out }: ProviderStage, operation: O, more: Partial<AdapterRun<O>> = {}): Promise<AdapterResult<O>> {
  const input = more.input ?? inputOf(suite, operation)
  return runAdapter({ operation, adapter: adapterOf(instance, operation), http: out.http, ...more, input: deepFreeze(structuredClone(input)) })
}

/** The input for checks that no recording gives one. */
export function inputOf<O extends Operation>(suite: ProviderCase, operation: O, stream = false): Operations[O]['input'] {
  const input = suite.inputs?.[operation] ?? { ...smallestInputs[operation], model: suite.modelOf(operation) }
  return (stream ? { ...input, stream: true } : input) as Operations[O]['input']
}
