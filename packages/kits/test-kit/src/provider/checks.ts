import type { Operation, Provider } from '@tianjillm/core'
import { TEST_SECRET } from '../fakes/builders.ts'
import type { Recording } from '../recording/types.ts'
import { type Check, type Skips, withSkips } from '../suite/check.ts'
import { type AnyPlugin, manifestChecks } from '../suite/manifest.ts'
import { configAt } from '../suite/stage.ts'
import type { FakeUpstream } from '../upstream/fake-upstream.ts'
import { adapterChecks } from './adapter-checks.ts'
import { liveChecks } from './live-checks.ts'
import { recordingChecks } from './recording-checks.ts'

/** What `describeProvider` takes. */
export interface ProviderSuite {
  readonly plugin: AnyPlugin<'provider', Provider>
  /**
   * A valid config with {@link TEST_SECRET} as its credential: an object (the provider's real
   * addresses are brought to the fake upstream), or a function of the fake upstream's URL.
   */
  readonly config: unknown
  /** Exchanges to check: requests and answers. */
  readonly recordings: readonly Recording[]
  /** Further exchanges of which only the answers are checked, by their `expect`. */
  readonly sharedRecordings?: readonly Recording[]
  /** Upstream model names for checks that no recording gives one; default that of the first recording. */
  readonly models?: Partial<Readonly<Record<Operation, string>>>
  /** Inputs instead of the smallest ones, where a provider needs more. */
  readonly inputs?: Partial<Readonly<Record<Operation, object>>>
  /** Scripts the fake upstream before each check: token endpoints and the like. */
  readonly setUp?: (upstream: FakeUpstream) => void
  /** What must never be seen in errors and logs. Default {@link TEST_SECRET}. */
  readonly secrets?: readonly string[]
  /** Checks to leave out, each with the reason. */
  readonly skip?: Skips
  /** Cases against the real service, run when the environment has the key. */
  readonly live?: { readonly env: string; readonly config: (key: string) => unknown; readonly input: Readonly<Record<string, unknown>> & { readonly model: string } }
}

/** The suite with its defaults filled in. */
export interface ProviderCase extends ProviderSuite {
  readonly secrets: readonly string[]
  modelOf(operation: Operation): string
}

/** The checks of `describeProvider`, to run them without vitest. */
export function providerChecks(suite: ProviderSuite): Check[] {
  const filled: ProviderCase = {
    ...suite,
    secrets: suite.secrets ?? [TEST_SECRET],
    modelOf: (operation) => suite.models?.[operation] ?? suite.recordings.find((recording) => (recording.operation ?? 'chat') === operation)?.input?.model ?? 'test-model',
  }
  return withSkips([
    ...manifestChecks(suite.plugin, configAt(suite.config, 'http://127.0.0.1:9')),
    ...adapterChecks(filled),
    ...suite.recordings.flatMap((recording) => recordingChecks(filled, recording)),
    ...(suite.sharedRecordings ?? [])
      .filter(({ expect, output }) => expect !== undefined || output !== undefined)
      .flatMap((recording) => recordingChecks(filled, { ...recording, name: `shared ${recording.name}` })),
    ...liveChecks(filled),
  ], suite.skip)
}
