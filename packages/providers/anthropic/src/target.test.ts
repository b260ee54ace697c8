import { describe, expect, it } from 'vitest'
import * as v from 'valibot'
import { anthropicConfig } from './config.ts'
import { createTargets } from './target.ts'

const targets = (config: object = {}) => createTargets(v.parse(anthropicConfig, { api_key: 'sk-ant-api03-x', ...config }))

describe('where requests go', () => {
  it.each([
    ['https://api.anthropic.com', 'https://api.anthropic.com/v1/messages'], ['https://api.anthropic.com/', 'https://api.anthropic.com/v1/messages'],
    ['https://p.test/v1', 'https://p.test/v1/messages'], ['https://p.test/a/v1/messages', 'https://p.test/a/v1/messages'], ['https://p.test/a/', 'https://p.test/a/v1/messages'],
    ['https://p.test/v1?k=1', 'https://p.test/v1/messages?k=1'],
  ])('%s', (api_base, url) => {
    expect(targets({ api_base })([]).url).toBe(url)
  })
  it('sends the key to the host of the config only', () => {
    expect(targets({ api_base: 'https://p.test:8443/v1' })([]).credential).toEqual({ hosts: ['p.test:8443'], headers: { 'x-api-key': 'sk-ant-api03-x' } })
  })
  it('sends an OAuth token as a bearer, with its feature', () => {
    const target = targets({ api_key: 'sk-ant-oat01-x' })([])
    expect(target.credential?.headers).toEqual({ authorization: 'Bearer sk-ant-oat01-x' })
    expect(target.headers['anthropic-beta']).toBe('oauth-2025-04-20')
  })
  it('joins features of the config, of extra headers and of the request, each once', () => {
    const target = targets({ anthropic_beta: 'a, b', extra_headers: { 'Anthropic-Beta': 'c', 'X-Team': 't' } })(['b', 'd'])
    expect(target.headers).toEqual({ 'anthropic-version': '2023-06-01', 'anthropic-beta': 'a,b,c,d', 'x-team': 't' })
  })
  it('gives the same object for the same features', () => {
    const target = targets()
    expect(target(['a'])).toBe(target(['a']))
    expect(target([])).toBe(target([]))
    expect(target([]).headers).not.toHaveProperty('anthropic-beta')
  })
})
