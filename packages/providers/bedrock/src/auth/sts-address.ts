import type { BedrockConfig } from '../config.ts'

/** Where STS is asked: the config's address, or that of the region. */
export function stsAddress(config: Pick<BedrockConfig, 'aws_sts_endpoint'>, region: string): string {
  return config.aws_sts_endpoint ?? `https://sts.${region}.${region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com'}/`
}
