import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { bedrockConfig } from './config.ts'

const key = { aws_access_key_id: 'AKIA1', aws_secret_access_key: 's' }

const web = { aws_role_name: 'arn:aws:iam::1:role/r', aws_web_identity_token_file: '/t' }

function problems(config: object): string {
  const result = v.safeParse(bedrockConfig, config)
  return result.success ? '' : result.issues.map(({ message }) => message).join('\n')
}

describe('bedrockConfig', () => {
  it.each([
    [{ api_key: 'k' }], [key], [{ ...web, aws_sts_endpoint: 'https://vpce-1.sts.us-east-1.vpce.amazonaws.com' }], [{ ...key, aws_role_name: 'arn:aws:iam::1:role/r' }],
    [{ aws_role_name: 'arn:aws:iam::1:role/r', aws_web_identity_token: 't' }], [{ aws_role_name: 'arn:aws:iam::1:role/r', aws_web_identity_token_file: '/t' }],
  ])('takes %j', (config) => {
    expect(problems(config)).toBe('')
  })

  it.each([
    [{}, 'No AWS credentials'],
    [{}, 'roles of instances, containers and pods are not looked up'],
    [{ aws_role_name: 'arn:aws:iam::1:role/r' }, 'No AWS credentials'],
    [{ aws_access_key_id: 'AKIA1' }, 'aws_secret_access_key is missing'],
    [{ aws_secret_access_key: 's' }, 'aws_access_key_id is missing'],
    [{ ...key, aws_web_identity_token: 't' }, 'aws_role_name is missing'],
    [{ ...key, aws_region_name: 'us-east-1.evil.com' }, 'must be a region'],
    [{ ...web, aws_sts_endpoint: 'https://evil.example' }, 'sent to AWS only'],
    [{ ...web, aws_sts_endpoint: 'http://sts.amazonaws.com' }, 'sent to AWS only'],
    [{ ...web, aws_sts_endpoint: 'https://amazonaws.com.evil.example' }, 'sent to AWS only'],
    [{ ...key, aws_regoin: 'x' }, 'aws_regoin'],
  ])('says what is wrong with %j', (config, message) => {
    expect(problems(config)).toContain(message)
  })
})
