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
    [{}], [{ aws_profile_name: 'dev' }], [{ aws_container_credentials_full_uri: 'http://169.254.170.23/v1/credentials' }], [{ api_key: 'k' }], [key], [{ ...web, aws_sts_endpoint: 'https://vpce-1.sts.us-east-1.vpce.amazonaws.com' }], [{ ...key, aws_role_name: 'arn:aws:iam::1:role/r' }],
    [{ aws_role_name: 'arn:aws:iam::1:role/r', aws_web_identity_token: 't' }], [{ aws_role_name: 'arn:aws:iam::1:role/r', aws_web_identity_token_file: '/t' }],
  ])('takes %j', (config) => {
    expect(problems(config)).toBe('')
  })

  it.each([
    [{ aws_access_key_id: 'AKIA1' }, 'aws_secret_access_key is missing'],
    [{ aws_secret_access_key: 's' }, 'aws_access_key_id is missing'],
    [{ ...key, aws_web_identity_token: 't' }, 'aws_role_name is missing'],
    [{ ...key, aws_region_name: 'us-east-1.evil.com' }, 'must be a region'],
    [{ ...web, aws_sts_endpoint: 'https://evil.example' }, 'sent to AWS only'],
    [{ ...web, aws_sts_endpoint: 'http://sts.amazonaws.com' }, 'sent to AWS only'],
    [{ ...web, aws_sts_endpoint: 'https://amazonaws.com.evil.example' }, 'sent to AWS only'],
    [{ aws_role_name: 'arn:aws:iam::1:role/r', aws_web_identity_token: 'oidc/env/TOKEN' }, 'os.environ/NAME'],
    [{ aws_role_name: 'arn:aws:iam::1:role/r', aws_web_identity_token: 'oidc/file//t', aws_sts_endpoint: 'https://evil.example' }, 'sent to AWS only'],
    [{ aws_pod_role_arn: 'arn:aws:iam::1:role/r', aws_pod_token_file: '/t', aws_sts_endpoint: 'https://evil.example' }, 'sent to AWS only'],
    [{ aws_container_credentials_full_uri: 'http://10.0.0.1/creds' }, 'must be an https address'],
    [{ aws_container_credentials_relative_uri: '@evil.example/' }, 'must start with /'],
    [{ ...key, aws_regoin: 'x' }, 'aws_regoin'],
  ])('says what is wrong with %j', (config, message) => {
    expect(problems(config)).toContain(message)
  })
})
