/** Redis servers of a test's own, from the `redis-server` of the machine. */
export { ownCluster } from './cluster.ts'
export { type OwnServer, ownServer } from './own-server.ts'
export { ownSentinel } from './sentinel.ts'
