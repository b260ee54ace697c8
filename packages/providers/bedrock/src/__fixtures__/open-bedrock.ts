import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createConnector } from '@tianjillm/connector'
import type { AdapterOf } from '@tianjillm/core'
import { answer, type Answer, chatRequest, createFakeClock, createFakeUpstream, createTestHost, type FakeUpstream, reroute, runAdapter } from '@tianjillm/test-kit'
import * as v from 'valibot'
import { afterEach } from 'vitest'
import { bedrockConfig } from '../config.ts'
import { bedrockPlugin } from '../plugin.ts'

const message = answer.json({ output: { message: { role: 'assistant', content: [{ text: 'Hi' }] } }, stopReason: 'end_turn', usage: { inputTokens: 1, outputTokens: 1, totalTokens: 2 } })

const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
})

/** What STS answers: https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html#API_AssumeRole_Examples */
export const sts = (id: string, expiresAt: number): Answer => answer.bytes(`<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>${id}</AccessKeyId><SecretAccessKey>sts-secret/${id}</SecretAccessKey>
  <SessionToken>sts-session==${id}</SessionToken><Expiration>${new Date(expiresAt).toISOString()}</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`, { headers: { 'content-type': 'text/xml' } })

/** A folder that is gone after the test, with the files in it: their paths by name. */
export function files<Name extends string>(texts: Readonly<Record<Name, string>>): Record<Name, string> {
  const folder = mkdtempSync(join(tmpdir(), 'bedrock-'))
  cleanups.push(() => rmSync(folder, { recursive: true }))
  return Object.fromEntries(Object.entries<string>(texts).map(([name, text]) => {
    const path = join(folder, name)
    writeFileSync(path, text)
    return [name, path]
  })) as Record<Name, string>
}

/** A provider whose every call reaches one fake upstream: STS, metadata services and Bedrock alike. */
export async function openBedrock(config: object) {
  const upstream = await createFakeUpstream()
  const connector = createConnector({ allowPrivate: true, allowedPorts: 'any' })
  cleanups.push(() => upstream.close(), () => connector.destroy())
  const clock = createFakeClock()
  const out = reroute(connector, upstream.url)
  const host = createTestHost({ http: out.http, clock })
  const provider = await bedrockPlugin.create(v.parse(bedrockConfig, config), host)
  cleanups.push(() => provider.close?.())
  upstream.otherwise(message)
  const adapter: AdapterOf<'chat'> = provider.adapters.chat!
  const chat = (model = 'amazon.nova-lite-v1:0') => runAdapter({ operation: 'chat', adapter, input: chatRequest({ model }), http: out.http })
  return { upstream, clock, out, host, chat }
}

/** Whose access keys signed the requests, in order. */
export const keysUsed = ({ requests }: FakeUpstream): string[] => requests.map(({ headers }) => /Credential=(\w+)/.exec(String(headers['authorization']))?.[1] ?? 'none')
