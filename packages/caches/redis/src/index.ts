export { redisConfig, type RedisConfig } from './config.ts'
export { redisPlugin } from './plugin.ts'
