import { describe, expect, it } from 'vitest'
import { claudeVersion, parseModel } from './model.ts'

const profile = 'arn:aws:bedrock:eu-west-3:123456789012:application-inference-profile/abc123'
const named = 'arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.anthropic.claude-sonnet-4-20250514-v1:0'

describe('parseModel', () => {
  it.each([
    ['anthropic.claude-v2', 'anthropic.claude-v2', undefined, 'anthropic'],
    ['converse/us.anthropic.claude-sonnet-4-6', 'us.anthropic.claude-sonnet-4-6', undefined, 'anthropic'],
    ['us-gov-west-1/anthropic.claude-v2:1', 'anthropic.claude-v2:1', 'us-gov-west-1', 'anthropic'],
    ['converse/ap-northeast-1/apac.amazon.nova-pro-v1:0', 'apac.amazon.nova-pro-v1:0', 'ap-northeast-1', 'nova'],
    ['us-west-2/converse/meta.llama3-1-8b-instruct-v1:0', 'meta.llama3-1-8b-instruct-v1:0', 'us-west-2', 'meta'],
    ['global.cohere.embed-v4:0', 'global.cohere.embed-v4:0', undefined, 'cohere'],
    ['openai.gpt-oss-120b-1:0', 'openai.gpt-oss-120b-1:0', undefined, 'openai'],
    ['zai.glm-4.7-flash', 'zai.glm-4.7-flash', undefined, 'other'],
    [profile, profile, 'eu-west-3', 'unknown'],
    [encodeURIComponent(profile), profile, 'eu-west-3', 'unknown'],
    [`anthropic/${profile}`, profile, 'eu-west-3', 'anthropic'],
    [`llama/${profile}`, profile, 'eu-west-3', 'meta'],
    [named, named, 'us-east-1', 'anthropic'],
    ['%zz%3A', '%zz%3A', undefined, 'other'],
  ])('%s', (model, id, region, family) => {
    expect(parseModel(model)).toMatchObject({ id, region, family })
  })

  it('takes nothing for a region that could lead to another host', () => {
    for (const model of ['evil.com/x', 'us-east-1.evil.com/x', 'us-east-1@evil.com/x', 'US-EAST-1/x', 'us-east-1#/x']) expect(parseModel(model).region).toBeUndefined()
  })

  it.each([
    ['us.anthropic.claude-3-7-sonnet-20250219-v1:0', 37], ['anthropic.claude-sonnet-4-20250514-v1:0', 40], ['anthropic.claude-sonnet-4-5-20250929-v1:0', 45],
    ['global.anthropic.claude-opus-4-6-v1', 46], ['anthropic.claude-opus-5-v1', 50], ['anthropic.claude-3-haiku-20240307-v1:0', 30], ['anthropic.claude-v2:1', 0], ['amazon.nova-pro-v1:0', 0],
  ])('reads the version of %s', (model, version) => {
    expect(claudeVersion(parseModel(model))).toBe(version)
  })
})
