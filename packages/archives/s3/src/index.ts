export { s3Config, type S3Config } from './config.ts'
export { s3Plugin } from './plugin.ts'
