import assert from 'node:assert/strict'
import { createConnector } from '@tianjillm/connector'
import { type GatewayError, isGatewayError, type PluginKind } from '@tianjillm/core'
import { createFakeClock, drive, type FakeClock } from '../fakes/clock.ts'
import { createTestHost, everything, type TestHost } from '../fakes/host.ts'
import { createFakeUpstream, type FakeUpstream } from '../upstream/fake-upstream.ts'
import { reroute, type Rerouted } from '../upstream/reroute.ts'
import { type AnyPlugin, createInstance } from './manifest.ts'

/** One instance of a plugin, with a fake upstream that all its calls reach, for one check. */
export interface Stage<Instance> extends AsyncDisposable {
  readonly instance: Instance
  readonly upstream: FakeUpstream
  readonly host: TestHost<FakeClock>
  readonly clock: FakeClock
  readonly out: Rerouted
}

/** What a suite needs to set a stage. */
export interface StageOptions<Instance> {
  readonly plugin: AnyPlugin<PluginKind, Instance>
  /** The config, or a function of the fake upstream's URL. Calls reach the fake upstream either way. */
  readonly config: unknown
  /** Scripts the fake upstream before the instance is made (token endpoints, ...). */
  readonly setUp?: ((upstream: FakeUpstream) => void) | undefined
}

/** The config for a fake upstream at `url`. */
export function configAt(config: unknown, url: string): unknown {
  return typeof config === 'function' ? (config as (url: string) => unknown)(url) : config
}

export async function openStage<Instance extends object>({ plugin, config, setUp }: StageOptions<Instance>): Promise<Stage<Instance>> {
  const upstream = await createFakeUpstream()
  setUp?.(upstream)
  const connector = createConnector({ allowPrivate: true, allowedPorts: 'any' })
  const out = reroute(connector, upstream.url)
  const clock = createFakeClock()
  const host = createTestHost({ http: out.http, clock })
  const dispose = async (): Promise<void> => {
    await connector.destroy()
    await upstream.close()
  }
  try {
    const instance = await createInstance(plugin, configAt(config, upstream.url), host)
    return { instance, upstream, host, clock, out, [Symbol.asyncDispose]: dispose }
  } catch (error) {
    await dispose()
    throw error
  }
}

/** The {@link GatewayError} that `run` throws; fails for any other outcome. */
export async function codedError(run: () => unknown, when: string): Promise<GatewayError> {
  let error: unknown
  try {
    await run()
  } catch (caught) {
    error = caught
  }
  assert.ok(error !== undefined, `${when}: it was expected to fail, and did not.`)
  if (!isGatewayError(error)) assert.fail(`${when}: must fail with a GatewayError, failed with ${everything(error).slice(0, 500)}`)
  return error
}

/** Fails when one of the secrets is to be read in `value`. */
export function assertNoSecret(secrets: readonly string[], value: unknown, where: string): void {
  const text = typeof value === 'string' ? value : everything(value)
  for (const secret of secrets) assert.ok(!text.includes(secret), `A secret of the config is to be read in ${where}.`)
}

/** Waits for `promise` as {@link drive} does; time stands still while an answer is on its way. */
export function settleOn<T, Instance>(stage: Stage<Instance>, promise: Promise<T>, deadlineMs: number): Promise<T> {
  return drive(promise, stage.clock, { busy: () => stage.out.underWay > stage.upstream.hanging, deadlineMs })
}
