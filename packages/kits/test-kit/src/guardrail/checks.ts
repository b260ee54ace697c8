import assert from 'node:assert/strict'
import type { Guardrail, GuardrailSubject, SubjectText, Verdict } from '@tianjillm/core'
import { deepFreeze, TEST_SECRET } from '../fakes/builders.ts'
import { type Check, type Skips, withSkips } from '../suite/check.ts'
import { type AnyPlugin, manifestChecks } from '../suite/manifest.ts'
import { assertNoSecret, codedError, configAt, openStage, settleOn, type Stage } from '../suite/stage.ts'
import { type Answer, answer } from '../upstream/answers.ts'
import type { FakeUpstream } from '../upstream/fake-upstream.ts'

/** A text of the user, several texts, or a whole subject. */
export type GuardrailExample = string | readonly SubjectText[] | GuardrailSubject

/** What `describeGuardrail` takes. */
export interface GuardrailSuite {
  readonly plugin: AnyPlugin<'guardrail', Guardrail>
  readonly config: unknown
  /** Texts that pass. */
  readonly pass: readonly GuardrailExample[]
  /** Texts that are flagged. */
  readonly flag: readonly GuardrailExample[]
  /** Texts that are rewritten, and to what. */
  readonly rewrite?: readonly { readonly from: GuardrailExample; readonly to: readonly string[] }[]
  /** For a guardrail that asks a service: scripts the fake upstream so that the examples hold. Absent: it is local. */
  readonly backend?: (upstream: FakeUpstream) => void
  /** Characters in the long text with a flagged one at its end; 0 for none. Default 100,000. */
  readonly longText?: number
  /** What must never be seen in errors, reasons and logs. Default {@link TEST_SECRET}. */
  readonly secrets?: readonly string[]
  /** Real milliseconds that a check waits for something to settle. Default 5,000. */
  readonly patienceMs?: number
  /** Checks to leave out, each with the reason. */
  readonly skip?: Skips
}

const forever = new AbortController().signal

/** The checks of `describeGuardrail`, to run them without vitest. */
export function guardrailChecks(suite: GuardrailSuite): Check[] {
  const { plugin, config, backend, longText = 100_000, secrets = [TEST_SECRET], patienceMs = 5_000 } = suite
  const check = (name: string, body: (stage: Stage<Guardrail>) => Promise<void>): Check => ({
    name,
    async run() {
      await using stage = await openStage({ plugin, config, setUp: backend })
      await body(stage)
      assertNoSecret(secrets, stage.host.logText(), 'the log')
    },
  })
  const judge = async ({ instance }: Stage<Guardrail>, example: GuardrailExample, signal = forever): Promise<Verdict> => {
    const subject = deepFreeze(structuredClone(subjectOf(example, instance)))
    const verdict = await instance.check(subject, signal)
    assertVerdict(verdict, subject)
    assertNoSecret(secrets, verdict, 'the verdict')
    return verdict
  }
  const outcomes: [string, readonly GuardrailExample[]][] = [['pass', suite.pass], ['flag', suite.flag]]

  return withSkips([
    ...manifestChecks(plugin, configAt(config, 'http://127.0.0.1:9')),
    check('it says what it can look at', async ({ instance }) => {
      assert.ok(instance.on.length > 0 && instance.on.every((side) => side === 'input' || side === 'output'), '`on` must name `input`, `output` or both.')
      assert.ok(['whole', 'window', 'none'].includes(instance.streaming), '`streaming` must be `whole`, `window` or `none`.')
      if (instance.streaming === 'window') assert.ok(Number.isInteger(instance.windowChars) && instance.windowChars! > 0, '`windowChars` must be a positive integer with `streaming: \'window\'`.')
    }),
    ...outcomes.flatMap(([outcome, examples]) => examples.map((example) => check(`${outcome}: ${titleOf(example)}`, async (stage) => {
      assert.equal((await judge(stage, example)).outcome, outcome)
      assert.equal((await judge(stage, example)).outcome, outcome, 'The second verdict on the same text differs from the first.')
    }))),
    ...(suite.rewrite ?? []).map(({ from, to }) => check(`rewrite: ${titleOf(from)}`, async (stage) => {
      const verdict = await judge(stage, from)
      assert.equal(verdict.outcome, 'rewrite')
      assert.deepEqual(verdict.outcome === 'rewrite' && verdict.texts, to)
    })),
    check('a subject without texts passes', async (stage) => {
      for (const example of [[], [{ role: 'user', text: '' }]] as const) assert.equal((await judge(stage, example)).outcome, 'pass')
    }),
    check('a flagged text is found among others, whoever said it last', async (stage) => {
      const harmless = suite.pass.flatMap((example) => subjectOf(example, stage.instance).texts)
      for (const example of suite.flag) {
        const { texts } = subjectOf(example, stage.instance)
        assert.equal((await judge(stage, [...texts, ...harmless])).outcome, 'flag', `${titleOf(example)}: missed when it stands first.`)
        assert.equal((await judge(stage, [...harmless, ...texts])).outcome, 'flag', `${titleOf(example)}: missed when it stands last.`)
      }
    }),
    check('verdicts at the same time do not mix', async (stage) => {
      const all = outcomes.flatMap(([outcome, examples]) => examples.map((example) => ({ outcome, example })))
      const found = await Promise.all([...all, ...all].map(async ({ example }) => (await judge(stage, example)).outcome))
      assert.deepEqual(found, [...all, ...all].map(({ outcome }) => outcome))
    }),
    check('a finding does not depend on where a window was cut', async (stage) => {
      const { streaming, windowChars = 0 } = stage.instance
      if (streaming !== 'window') return
      for (const example of suite.flag) {
        const text = textOf(example)
        if (text === undefined) continue
        assert.ok(text.length <= windowChars, `${titleOf(example)} is longer than \`windowChars\`: a stream would be cut inside it.`)
        // The gateway's windows overlap so that each run of windowChars is seen at once, at any offset.
        for (const before of new Set([0, 1, Math.floor((windowChars - text.length) / 2), Math.max(0, windowChars - text.length)])) {
          const window: string = filler(before) + text + filler(Math.max(0, windowChars - before - text.length))
          assert.equal((await judge(stage, window)).outcome, 'flag', `${titleOf(example)}: missed ${before} characters into a window.`)
        }
      }
    }),
    ...(longText > 0 ? [check('a finding at the end of a long text is found', async (stage) => {
      for (const example of suite.flag) {
        const text = textOf(example)
        if (text !== undefined) assert.equal((await judge(stage, `${filler(longText)} ${text}`)).outcome, 'flag', `${titleOf(example)}: missed after ${longText} characters.`)
      }
    })] : []),
    ...(backend === undefined ? [] : backendChecks(suite, check, judge, secrets, patienceMs)),
    check('close leaves nothing', async (stage) => {
      for (const example of suite.pass) await judge(stage, example)
      await stage.instance.close?.()
      assert.equal(stage.clock.pending(), 0, '`close` left timers on the clock.')
    }),
  ], suite.skip)
}

const failing: readonly (readonly [string, Answer])[] = [
  ['answers 500', answer.error(500)], ['answers 401', answer.error(401)], ['answers 429', answer.error(429)], ['breaks the connection', answer.reset()],
  ['answers no JSON', answer.bytes('<html>')], ['answers an empty object', answer.json({})], ['answers null', answer.json(null)],
]

type Judge = (stage: Stage<Guardrail>, example: GuardrailExample, signal?: AbortSignal) => Promise<Verdict>

function backendChecks(suite: GuardrailSuite, check: (name: string, body: (stage: Stage<Guardrail>) => Promise<void>) => Check, judge: Judge, secrets: readonly string[], patienceMs: number): Check[] {
  const example = suite.flag[0] ?? suite.pass[0] ?? 'Hello.'
  const settle = <T>(stage: Stage<Guardrail>, promise: Promise<T>): Promise<T> => settleOn(stage, promise, patienceMs)
  return [
    ...failing.map(([what, target]) => check(`a backend that ${what} is a coded error, never a verdict`, async (stage) => {
      stage.upstream.reset().otherwise(target)
      const error = await codedError(() => settle(stage, judge(stage, example)), `A backend that ${what}`)
      assertNoSecret(secrets, error, 'the error')
    })),
    check('it stops at its signal', async (stage) => {
      stage.upstream.reset().otherwise(answer.hang())
      const stop = new AbortController()
      const asked = judge(stage, example, stop.signal)
      asked.catch(() => {})
      const request = await settle(stage, stage.upstream.request(0))
      stop.abort()
      await assert.rejects(settle(stage, asked), 'An aborted check must reject.')
      await settle(stage, request.aborted)
    }),
  ]
}

function subjectOf(example: GuardrailExample, { on }: Guardrail): GuardrailSubject {
  if (typeof example === 'object' && 'texts' in example) return example
  const side = on[0] ?? 'input'
  const texts: readonly SubjectText[] = typeof example === 'string' ? [{ role: side === 'input' ? 'user' : 'assistant', text: example }] : example
  return { on: side, model: 'test-model', texts }
}

function textOf(example: GuardrailExample): string | undefined {
  return typeof example === 'string' ? example : undefined
}

function titleOf(example: GuardrailExample): string {
  const text = typeof example === 'string' ? example : JSON.stringify(example)
  return text.length > 60 ? `${text.slice(0, 57)}...` : text
}

/** Harmless words of this length. */
function filler(length: number): string {
  return 'some quiet words stand here '.repeat(Math.ceil(length / 28)).slice(0, length)
}

function assertVerdict(verdict: Verdict, { texts }: GuardrailSubject): void {
  if (verdict.outcome === 'pass') return
  assert.ok(verdict.outcome === 'flag' || verdict.outcome === 'rewrite', `\`outcome\` is ${JSON.stringify((verdict as { outcome?: unknown }).outcome)}.`)
  assert.ok(typeof verdict.reason === 'string' && verdict.reason !== '', 'A verdict other than `pass` gives a `reason`.')
  for (const { text } of texts) assert.ok(text.length < 12 || !verdict.reason.includes(text), 'The `reason` repeats the text.')
  if (verdict.outcome === 'rewrite') assert.equal(verdict.texts.length, texts.length, '`texts` of a rewrite must be as many as the subject\'s.')
}
