import assert from 'node:assert/strict'
import { createConnector } from '@tianjillm/connector'
import { systemClock } from '@tianjillm/core'
import { createTestHost } from '../fakes/host.ts'
import type { Check } from '../suite/check.ts'
import { createInstance } from '../suite/manifest.ts'
import { assertNoSecret } from '../suite/stage.ts'
import type { ProviderCase } from './checks.ts'
import { seenOfChunks, seenOfOutput } from './joined.ts'
import { runAdapter } from './run-adapter.ts'
import { adapterOf } from './stage.ts'
import { assertChatStream } from './stream-rules.ts'

/** Cases against the real service. They cost money, and run only with a key in the environment. */
export function liveChecks({ plugin, live }: ProviderCase): Check[] {
  if (live === undefined) return []
  const key = process.env[live.env]
  const skipped = key === undefined || key === '' ? `no ${live.env} in the environment` : undefined
  return [false, true].map((stream) => ({
    name: `live: ${stream ? 'a stream' : 'an answer'}`,
    skipped,
    async run() {
      const connector = createConnector()
      const host = createTestHost({ http: connector, clock: systemClock })
      try {
        const provider = await createInstance(plugin, live.config(key!), host)
        const result = await runAdapter({ operation: 'chat', adapter: adapterOf(provider, 'chat'), http: connector, input: { messages: [], ...live.input, stream } })
        if (stream) assertChatStream(result.chunks!)
        const seen = stream ? seenOfChunks(result.chunks!) : seenOfOutput(result.output)
        assert.ok(seen.text !== '' || seen.toolCalls.length > 0, 'The answer is empty.')
        assert.ok(result.usage !== undefined, 'No usage was told.')
        assertNoSecret([key!], host.logText(), 'the log')
        await provider.close?.()
      } finally {
        await connector.destroy()
      }
    },
  }))
}
