import type { Cache } from '@tianjillm/core'

export interface LayeredOptions {
  readonly near: Cache
  readonly far: Cache
  /** Milliseconds that an entry stays in the near store: as long as another process's change of the far one may go unnoticed. */
  readonly nearTtlMs: number
}

/**
 * Two stores as one: what was asked for lately comes from the near one, and the far one shares it with others. While the
 * far one is away the near one goes on by itself. Similar entries are the far one's matter.
 */
export function layered({ near, far, nearTtlMs }: LayeredOptions): Cache {
  const fill = (key: string, value: Uint8Array | undefined): Uint8Array | undefined => {
    if (value !== undefined) quietly(() => near.set(key, value, nearTtlMs))
    return value
  }
  const { ping, info, similar } = far
  return {
    get(key) {
      const found = near.get(key)
      if (found instanceof Promise) return found.then((value) => value ?? further(key), () => further(key))
      return found ?? further(key)
    },
    set(key, value, ttlMs) {
      quietly(() => near.set(key, value, Math.min(ttlMs, nearTtlMs)))
      return far.set(key, value, ttlMs)
    },
    delete: (key) => both(() => near.delete(key), () => far.delete(key)),
    clear: () => both(() => near.clear(), () => far.clear()),
    ...(ping && { ping: () => ping.call(far) }),
    ...(info && { info: () => info.call(far) }),
    ...(similar && { similar }),
    close: () => both(() => near.close?.(), () => far.close?.()),
  }

  function further(key: string): Uint8Array | undefined | Promise<Uint8Array | undefined> {
    const found = far.get(key)
    return found instanceof Promise ? found.then((value) => fill(key, value)) : fill(key, found)
  }
}

/** Both, whatever becomes of the first. Rejects when either does. */
async function both(first: () => void | Promise<void>, second: () => void | Promise<void>): Promise<void> {
  const results = await Promise.allSettled([(async () => first())(), (async () => second())()])
  for (const result of results) if (result.status === 'rejected') throw result.reason
}

/** The near store is a help and not a must. */
function quietly(run: () => void | Promise<void>): void {
  try {
    const pending = run()
    if (pending instanceof Promise) pending.catch(() => {})
  } catch {
    // As above.
  }
}
