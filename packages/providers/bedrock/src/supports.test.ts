import { expect, it } from 'vitest'
import { parseModel } from './model.ts'
import { supportsChatField } from './supports.ts'

it.each([
  ['anthropic.claude-3-haiku-20240307-v1:0', ['tools', 'top_k', 'n', 'user', 'guardrailConfig', 'anthropic_beta'], ['thinking', 'reasoning_effort', 'seed', 'logit_bias', 'logprobs']],
  ['us.anthropic.claude-sonnet-4-5-20250929-v1:0', ['thinking', 'reasoning_effort', 'top_k', 'parallel_tool_calls'], ['store', 'prediction', 'functions']],
  ['amazon.nova-lite-v1:0', ['top_k', 'response_format'], ['thinking', 'reasoning_effort']],
  ['us.amazon.nova-2-lite-v1:0', ['reasoning_effort'], ['thinking']],
  ['openai.gpt-oss-120b-1:0', ['reasoning_effort'], ['thinking', 'top_k']],
  ['arn:aws:bedrock:us-east-1:1:application-inference-profile/x', ['thinking', 'top_k', 'tool_choice'], ['reasoning_effort', 'seed']],
])('%s', (name, taken, refused) => {
  const model = parseModel(name)
  expect(taken.filter((field) => !supportsChatField(field, model))).toEqual([])
  expect(refused.filter((field) => supportsChatField(field, model))).toEqual([])
})
