export { pgvectorConfig, type PgvectorConfig } from './config.ts'
export { pgvectorPlugin } from './plugin.ts'
