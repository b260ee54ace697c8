export type { RedisAddress, RedisNode, RedisTls } from './address.ts'
export { createRedisClient, isCluster, type RedisClient, type RedisClientOptions, withoutWords } from './client.ts'
export { Readiness } from './readiness.ts'
