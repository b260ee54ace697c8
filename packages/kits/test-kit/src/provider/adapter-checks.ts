import assert from 'node:assert/strict'
import { isGatewayError, type Provider } from '@tianjillm/core'
import { everything } from '../fakes/host.ts'
import type { Check } from '../suite/check.ts'
import { assertNoSecret, codedError } from '../suite/stage.ts'
import { answer } from '../upstream/answers.ts'
import { testCall } from './call.ts'
import type { ProviderCase } from './checks.ts'
import { adapterOf, onStage, operationsOf, runOn } from './stage.ts'

/** Whether another attempt may help, by the status of the upstream's answer. */
const statuses: readonly (readonly [number, boolean])[] = [[400, false], [401, false], [403, false], [404, false], [408, true], [409, true], [429, true], [500, true], [503, true]]

/** What holds for every adapter, with no recording of it. */
export function adapterChecks(suite: ProviderCase): Check[] {
  const check = (name: string, body: Parameters<typeof onStage>[1]): Check => ({ name, run: () => onStage(suite, body) })
  return [
    check('every adapter is complete', async ({ instance }) => checkShape(instance)),
    check('the target is the same object for the same model', async ({ instance }) => {
      for (const operation of operationsOf(instance)) {
        const call = { model: suite.modelOf(operation) }
        assert.equal(adapterOf(instance, operation).target(testCall(call)), adapterOf(instance, operation).target(testCall(call)), `${operation}: \`target\` makes a new object for each call; it is on the hot path.`)
      }
    }),
    ...statuses.map(([status, retryable]) => check(`status ${status} becomes a code${retryable ? ' that may be retried' : ''}`, async (stage) => {
      stage.upstream.otherwise(answer.error(status, undefined, status === 429 ? { 'retry-after': '7' } : {}))
      for (const operation of operationsOf(stage.instance)) {
        const error = await codedError(() => runOn(suite, stage, operation), `${operation}, status ${status}`)
        assert.match(error.code, /^upstream_/, `${operation}: status ${status} became \`${error.code}\`.`)
        assert.equal(error.retryable, retryable, `${operation}: status ${status} became \`${error.code}\`, which is ${error.retryable ? '' : 'not '}retryable.`)
        if (status === 429) assert.equal(error.retryAfter, 7, `${operation}: \`Retry-After\` is lost.`)
      }
    })),
    check('an error body that is not JSON becomes a code', async (stage) => {
      stage.upstream.otherwise(answer.error(502, '<html><body><h1>502 Bad Gateway</h1></body></html>'))
      for (const operation of operationsOf(stage.instance)) {
        const error = await codedError(() => runOn(suite, stage, operation), operation)
        assert.equal(error.retryable, true, `${operation}: a 502 of a proxy must be retryable.`)
        assert.ok(!error.message.includes('<h1>'), `${operation}: HTML is passed on as a message.`)
      }
    }),
    check('an answer that makes no sense is a coded error, never a TypeError', async ({ instance }) => checkJunk(instance, suite)),
    check('a key that the upstream quotes is in no error', async (stage) => {
      for (const body of [suite.secrets.join(' '), { error: { message: `Incorrect API key provided: ${suite.secrets.join(' ')}`, code: 'invalid_api_key' } }, { message: `Bearer ${suite.secrets.join(' ')}` }]) {
        stage.upstream.otherwise(answer.error(401, body))
        for (const operation of operationsOf(stage.instance)) {
          const error = await codedError(() => runOn(suite, stage, operation), operation)
          assertNoSecret(suite.secrets, error, `the error of ${operation}`)
        }
      }
    }),
    check('a broken connection is passed on', async (stage) => {
      stage.upstream.otherwise(answer.reset())
      for (const operation of operationsOf(stage.instance)) {
        const error = await codedError(() => runOn(suite, stage, operation), operation)
        assertNoSecret(suite.secrets, error, `the error of ${operation}`)
      }
    }),
    check('close leaves nothing', async (stage) => {
      stage.upstream.otherwise(answer.error(500))
      for (const operation of operationsOf(stage.instance)) await codedError(() => runOn(suite, stage, operation), operation)
      await stage.instance.close?.()
      assert.equal(stage.clock.pending(), 0, '`close` left timers on the clock.')
    }),
  ]
}

function checkShape(provider: Provider): void {
  const operations = operationsOf(provider)
  assert.ok(operations.length > 0, 'The provider has no adapter.')
  for (const operation of operations) {
    const adapter = adapterOf(provider, operation)
    assert.ok(typeof adapter.dialect === 'string' && adapter.dialect !== '', `${operation}: \`dialect\` is missing.`)
    for (const method of ['target', 'encode', 'decode', 'usageOf', 'error'] as const) assert.equal(typeof adapter[method], 'function', `${operation}: \`${method}\` is missing.`)
    assert.equal(adapter.framing === undefined, adapter.stream === undefined, `${operation}: \`framing\` and \`stream\` belong together.`)
  }
}

const junk: readonly unknown[] = [null, 'text', 7, true, [], {}, [null], { choices: null }, { choices: 7 }, { choices: [null] }, { choices: [{}] }, { choices: [{ message: null, delta: null }] }, { usage: 7 }, { data: null }, { data: [null] }, { error: null }, { type: 'unknown' }, { candidates: [null] }, { output: null }, { results: null }, { content: 7 }]

function checkJunk(provider: Provider, suite: ProviderCase): void {
  for (const operation of operationsOf(provider)) {
    const adapter = adapterOf(provider, operation)
    const call = testCall({ model: suite.modelOf(operation) })
    for (const body of junk) {
      const what = `${operation} given ${JSON.stringify(body)}`
      tolerates(`\`decode\` of ${what}`, () => adapter.decode(body, call))
      assert.doesNotThrow(() => adapter.usageOf(body), `\`usageOf\` of ${what} throws.`)
      for (const status of [300, 400, 500, 599]) {
        const error = adapter.error({ status, headers: {}, body: Buffer.from(JSON.stringify(body)) }, call)
        assert.ok(isGatewayError(error), `\`error\` of ${what} is no GatewayError.`)
      }
      if (adapter.stream === undefined) continue
      for (const event of [undefined, 'message', 'error', 'unknown']) tolerates(`the stream of ${what}`, () => adapter.stream!(call).push({ event, data: JSON.stringify(body) }, () => {}))
    }
    if (adapter.stream === undefined) continue
    for (const data of ['', 'not json', '{"cut":', '[DONE]']) tolerates(`the stream of ${operation} given ${JSON.stringify(data)}`, () => adapter.stream!(call).push({ event: undefined, data }, () => {}))
    tolerates(`the empty stream of ${operation}`, () => adapter.stream!(call).end(() => {}))
  }
}

function tolerates(what: string, run: () => unknown): void {
  try {
    run()
  } catch (error) {
    if (!isGatewayError(error)) assert.fail(`${what} throws something other than a GatewayError: ${everything(error).slice(0, 400)}`)
  }
}
