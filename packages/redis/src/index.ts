export type { RedisAddress, RedisClient, RedisNode } from '@tianjillm/redis-kit'
export { connectRedis, type RedisConnection, type RedisConnectionOptions } from './connection.ts'
export { createRedisLimitStore, type RedisLimitStore, type RedisLimitStoreOptions } from './limit-store.ts'
export { shareDirectory, type SharedDirectory, type ShareDirectoryOptions } from './share-directory.ts'
