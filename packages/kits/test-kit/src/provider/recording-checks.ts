import assert from 'node:assert/strict'
import { isGatewayError, type Operation, type Operations } from '@tianjillm/core'
import { responseBytes } from '../recording/bytes.ts'
import type { Recording } from '../recording/types.ts'
import type { Check } from '../suite/check.ts'
import { assertNoSecret, codedError } from '../suite/stage.ts'
import { answer } from '../upstream/answers.ts'
import { controlledStream } from '../upstream/controlled.ts'
import type { ProviderCase } from './checks.ts'
import { assertCuts, translate, translateUnfinished } from './cuts.ts'
import { assertDecoded } from './expectation.ts'
import { assertRequest } from './request-match.ts'
import { adapterOf, inputOf, onStage, type ProviderStage, runOn } from './stage.ts'
import { assertChatStream } from './stream-rules.ts'

/** What one recording lets us check. */
export function recordingChecks(suite: ProviderCase, recording: Recording): Check[] {
  const operation = operationOf(recording)
  const streamed = isStream(recording)
  const input = (recording.input ?? inputOf(suite, operation, streamed)) as Operations[Operation]['input']
  const check = (name: string, body: (stage: ProviderStage) => Promise<void>): Check => ({ name: `${recording.name}: ${name}`, run: () => onStage(suite, body) })
  const replay = (stage: ProviderStage) => {
    stage.upstream.otherwise(answer.recording(recording))
    return runOn(suite, stage, operation, { input, dropParams: recording.dropped !== undefined })
  }
  const checks: Check[] = []
  if (recording.input !== undefined) {
    checks.push(check('the request is the recorded one', async (stage) => {
      await replay(stage).catch((error: unknown) => {
        // An error answer is judged by the next check.
        if (!isGatewayError(error) || stage.upstream.requests.length === 0) throw error
      })
      assertRequest(suite, recording, stage)
    }))
  }
  if (recording.response.status >= 300) {
    checks.push(check('the error answer becomes a code', async (stage) => {
      const error = await codedError(() => replay(stage), recording.name)
      assert.match(error.code, /^upstream_/)
      const { status, code } = recording.expect ?? {}
      if (status !== undefined) assert.equal(error.status, status, 'The status differs.')
      if (code !== undefined) assert.equal(error.code, code, 'The code differs.')
      assertNoSecret(suite.secrets, error, 'the error')
    }))
    return checks
  }
  if (recording.expect?.kind === 'error') {
    checks.push(check('the error inside the answer becomes a code', async (stage) => void await codedError(() => replay(stage), recording.name)))
    return checks
  }
  checks.push(check('the answer is decoded', async (stage) => {
    const { output, chunks, dropped, usage } = await replay(stage)
    assertDecoded(recording, streamed ? chunks : output, streamed)
    assert.deepEqual(dropped, recording.dropped ?? [], 'Other fields than the recording says were dropped.')
    if (recording.expect?.promptTokens !== undefined) assert.ok(usage !== undefined, '`usageOf` or the translator\'s `usage` told nothing, but the answer has usage.')
  }))
  return streamed ? [...checks, ...streamChecks(suite, recording, operation, input, check)] : checks
}

function streamChecks(suite: ProviderCase, recording: Recording, operation: Operation, input: Operations[Operation]['input'], check: (name: string, body: (stage: ProviderStage) => Promise<void>) => Check): Check[] {
  const bytes = responseBytes(recording.response)
  const model = (input as { readonly model?: string }).model ?? suite.modelOf(operation)
  return [
    check('the stream is the same however it is cut', async ({ instance }) => assertCuts(adapterOf(instance, operation), model, bytes)),
    ...(operation === 'chat'
      ? [check('each choice is finished once, usage is told at most once', async ({ instance }) => assertChatStream(translate(adapterOf(instance, 'chat'), model, [bytes])))]
      : []),
    check('a stream that ends early is an error', async ({ instance }) => {
      const error = await codedError(() => translateUnfinished(adapterOf(instance, operation), model, bytes), 'a stream without its end')
      assert.ok(error.retryable, `A stream that ends early became \`${error.code}\`, which is not retryable.`)
    }),
    check('leaving in the middle ends the upstream call', async (stage) => {
      const { 'content-type': type = 'text/event-stream' } = recording.response.headers
      const stream = controlledStream({ headers: { 'content-type': String(type) } })
      stage.upstream.otherwise(stream.answer)
      const leaver = new AbortController()
      const first = Promise.withResolvers<void>()
      const run = runOn(suite, stage, operation, { input, dropParams: recording.dropped !== undefined, signal: leaver.signal, onChunk: () => first.resolve() })
      run.catch(first.reject)
      // A run that fails before it sends must not leave the check waiting for a request.
      await Promise.race([stream.send(bytes), first.promise])
      await first.promise
      leaver.abort()
      await assert.rejects(run, { code: 'client_closed' })
      await (await stream.opened).aborted
    }),
  ]
}

function operationOf({ operation, expect }: Recording): Operation {
  if (operation !== undefined) return operation
  const kind = expect?.kind
  return kind === 'embeddings' ? 'embeddings' : kind === 'rerank' ? 'rerank' : 'chat'
}

function isStream({ stream, input, response }: Recording): boolean {
  if (response.status >= 300) return input?.stream === true
  return stream ?? input?.stream ?? /event-?stream|ndjson/.test(String(response.headers['content-type'] ?? ''))
}
