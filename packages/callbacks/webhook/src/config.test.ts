import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { webhookConfig } from './config.ts'

const read = (config: unknown) => v.parse(webhookConfig, config)
const problems = (config: unknown) => v.safeParse(webhookConfig, config).issues?.map((issue) => v.getDotPath(issue))

describe('webhookConfig', () => {
  it('has defaults for all but the URL', () => {
    expect(read({ url: 'https://in.test/calls' })).toEqual({
      url: 'https://in.test/calls', secrets: [], headers: {}, batch_size: 100, flush_interval: 5, timeout: 20,
      statuses: new Set(['success', 'failure']), format: 'json_array', turn_off_message_logging: false,
    })
  })

  it('takes LiteLLM\'s names', () => {
    expect(read({ endpoint: 'https://in.test', event_types: ['llm_api_failure'], log_format: 'ndjson', headers: 'Authorization=Bearer a=b,X-Team=ml' }))
      .toMatchObject({ url: 'https://in.test', statuses: new Set(['failure']), format: 'ndjson', headers: { authorization: 'Bearer a=b', 'x-team': 'ml' } })
  })

  it('prefers url, as endpoint may come from the environment', () => {
    expect(read({ url: 'https://a.test', endpoint: 'https://b.test' }).url).toBe('https://a.test')
  })

  it('takes several secrets for a rotation', () => {
    expect(read({ url: 'https://a.test', secret: ['a plain text of 25 letters', 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'] }).secrets).toHaveLength(2)
  })

  it.each([
    [{}, ['url']],
    [{ url: 'ftp://a.test' }, ['url']],
    [{ url: 'https://a.test', colour: 1 }, ['colour']],
    [{ url: 'https://a.test', secret: 'short' }, ['secret']],
    [{ url: 'https://a.test', headers: { 'bad name': 'x' } }, ['headers']],
    [{ url: 'https://a.test', batch_size: 0, flush_interval: 0 }, ['batch_size', 'flush_interval']],
    [{ url: 'https://a.test', events: [] }, ['events']],
    [{ url: 'https://a.test', format: 'xml' }, ['format']],
  ])('refuses %j at %j', (config, paths) => {
    expect(problems(config)).toEqual(paths)
  })

  it('does not repeat a secret in its problems', () => {
    const { issues } = v.safeParse(webhookConfig, { url: 'https://a.test', headers: { 'x-key': 'hush\nx-b: 1' } })
    expect(issues?.map(({ message }) => message).join()).not.toContain('hush')
  })
})
