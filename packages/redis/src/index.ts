export { connectRedis, type RedisAddress, type RedisClient, type RedisConnection, type RedisConnectionOptions, type RedisNode } from './connection.ts'
export { createRedisLimitStore, type RedisLimitStore, type RedisLimitStoreOptions } from './limit-store.ts'
export { shareDirectory, type SharedDirectory, type ShareDirectoryOptions } from './share-directory.ts'
export { shareRouting, type SharedRouting, type ShareRoutingOptions } from './share-routing.ts'
