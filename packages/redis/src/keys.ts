/** Names of the keys that limits are kept under. One hash tag: on a Cluster all of them are in one slot, so that one script can check all rules of a call. */
export interface LimitKeys {
  readonly prefix: string
  readonly epoch: string
  readonly grace: string
  readonly loads: string
  live(replica: string): string
  record(replica: string): string
  counter(ruleId: string): string
}

export function limitKeys(namespace: string): LimitKeys {
  // A brace in the namespace would move the tag.
  const prefix = `{${namespace.replaceAll(/[{}]/g, '_')}:limits}:`
  return {
    prefix,
    epoch: `${prefix}epoch`,
    grace: `${prefix}grace`,
    loads: `${prefix}loads`,
    live: (replica) => `${prefix}live:${replica}`,
    record: (replica) => `${prefix}replica:${replica}`,
    counter: (ruleId) => `${prefix}c:${ruleId}`,
  }
}
