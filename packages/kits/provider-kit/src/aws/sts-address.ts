import type { AwsCredentialOptions } from './options.ts'

/** Where STS is asked, and the region that requests are signed for. */
export interface StsAddress {
  readonly url: string
  readonly region: string
}

/**
 * The config's address, or that of the region. A regional address (`sts.<region>`, also of a VPC endpoint) tells the region
 * itself; the global one is signed for us-east-1. Source: https://docs.aws.amazon.com/general/latest/gr/sts.html
 */
export function stsAddress({ aws_sts_endpoint: endpoint, aws_region_name: region }: Pick<AwsCredentialOptions, 'aws_sts_endpoint' | 'aws_region_name'>): StsAddress {
  if (endpoint === undefined) return { url: `https://sts.${region}.${region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com'}/`, region }
  const { hostname } = new URL(endpoint)
  const named = /(?:^|\.)sts(?:-fips)?\.([a-z0-9-]+)\.(?:vpce\.)?amazonaws\.com(?:\.cn)?$/.exec(hostname)?.[1]
  return { url: endpoint, region: named ?? (hostname === 'sts.amazonaws.com' ? 'us-east-1' : region) }
}
