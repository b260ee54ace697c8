import { createFakeClock } from '@tianjillm/test-kit'
import { describe, expect, it } from 'vitest'
import { keyRecord } from './checks.ts'
import { createKey, createKeyAuthenticator, createMemoryDirectory, hashKey, type KeyRecord, keyName, newTeam, newUser, type Principal, roleHolds, type TeamRecord, type UserRecord } from './index.ts'

const MASTER = 'sk-master-key-of-tests'
const stamp = { now: 0, by: 'test' }
const team = (more: Partial<TeamRecord> = {}): TeamRecord => ({ ...newTeam('team', stamp), ...more })
const user = (more: Partial<UserRecord> = {}): UserRecord => ({ ...newUser('user', stamp), ...more })

/** An authenticator over a directory whose look-ups are counted, and can be held up. */
function setup(options: { warmKeys?: number } = {}) {
  const clock = createFakeClock(1_000_000)
  const inner = createMemoryDirectory()
  let lookUps = 0
  let gate: Promise<void> | undefined
  const directory = { ...inner, keys: { ...inner.keys, byHash: async (hash: string) => {
    lookUps += 1
    const found = await inner.keys.byHash(hash)
    await gate
    return found
  } } }
  const auth = createKeyAuthenticator({ directory, masterKey: MASTER, clock, ...options })
  const add = async (more: Partial<KeyRecord> = {}): Promise<{ key: string; record: KeyRecord }> => {
    const key = createKey()
    const record = keyRecord({ hash: hashKey(key), ...more })
    await inner.keys.insert(record)
    return { key, record }
  }
  return { clock, inner, auth, add, lookUps: () => lookUps, hold: (promise: Promise<void> | undefined) => void (gate = promise) }
}

describe('key material', () => {
  it('keys carry 256 random bits, and are shown by their last four characters', () => {
    const keys = Array.from({ length: 100 }, createKey)
    expect(new Set(keys).size).toBe(100)
    for (const key of keys) expect(key).toMatch(/^sk-[A-Za-z0-9_-]{43}$/)
    expect(keyName('sk-abcdefgh1234')).toBe('sk-...1234')
    expect(hashKey('sk-1')).toMatch(/^[0-9a-f]{64}$/)
  })
})

describe('createKeyAuthenticator', () => {
  it('a warm key answers without waiting, and with the same object', async () => {
    const { auth, add, lookUps } = setup()
    const { key } = await add({ alias: 'app' })
    const first = await auth.authenticate(key)
    expect(first).toMatchObject({ role: 'internal_user_viewer', facts: { keyAlias: 'app' } })
    expect(auth.authenticate(key)).toBe(first)
    expect(lookUps()).toBe(1)
  })

  it('holds a caller for as long as its key would give it again, and not one moment longer', async () => {
    const { auth, add, inner, clock } = setup({ warmKeys: 2 })
    const { key, record } = await add({ expiresAt: clock.now() + 1000 })
    const caller = (await auth.authenticate(key))!
    expect(auth.holds(caller)).toBe(true)
    await inner.keys.update({ ...record, alias: 'renamed', version: 2 })
    expect(auth.holds(caller)).toBe(false)
    const again = (await auth.authenticate(key))!
    clock.jump(1000)
    expect(auth.holds(again)).toBe(false)
    const evicted = (await auth.authenticate((await add()).key))!
    for (let i = 0; i < 2; i += 1) await auth.authenticate((await add()).key)
    expect(auth.holds(evicted)).toBe(false)
    expect(auth.holds((await auth.authenticate(MASTER))!)).toBe(true)
  })

  it('a hundred requests that wait for one key look it up once', async () => {
    const { auth, add, lookUps } = setup()
    const { key } = await add()
    const all = await Promise.all(Array.from({ length: 100 }, () => auth.authenticate(key)))
    expect(new Set(all).size).toBe(1)
    expect(lookUps()).toBe(1)
  })

  it('an unknown key is remembered as unknown for a while, and found when it is made meanwhile', async () => {
    const { auth, inner, clock, lookUps } = setup()
    const key = createKey()
    expect(await auth.authenticate(key)).toBeUndefined()
    expect(auth.authenticate(key)).toBeUndefined()
    expect(lookUps()).toBe(1)
    clock.advance(5000)
    await auth.authenticate(key)
    expect(lookUps()).toBe(2)
    await inner.keys.insert(keyRecord({ hash: hashKey(key) }))
    expect(await auth.authenticate(key)).toBeDefined()
  })

  it('LL#12685: neither known nor unknown keys pile up', async () => {
    const { auth, add, lookUps } = setup({ warmKeys: 10 })
    const { key } = await add()
    await auth.authenticate(key)
    for (let i = 0; i < 10; i += 1) await auth.authenticate((await add()).key)
    const before = lookUps()
    await auth.authenticate(key)
    expect(lookUps()).toBe(before + 1)
    const unknown = Array.from({ length: 11 }, createKey)
    for (const text of unknown) await auth.authenticate(text)
    const looked = lookUps()
    await auth.authenticate(unknown[0]!)
    expect(lookUps()).toBe(looked + 1)
  })

  it('a change during a look-up is not covered up by what the look-up had read', async () => {
    const { auth, add, inner, hold } = setup()
    const { key, record } = await add()
    const release = Promise.withResolvers<void>()
    hold(release.promise)
    const early = auth.authenticate(key)
    await Promise.resolve()
    await inner.keys.update({ ...record, blocked: true, version: 2 })
    hold(undefined)
    const late = Promise.resolve(auth.authenticate(key))
    await expect(late).rejects.toMatchObject({ code: 'blocked_key' })
    release.resolve()
    await early
    expect(() => auth.authenticate(key)).toThrow('blocked')
  })

  it('a store that is down gives nobody any rights, and is asked again', async () => {
    const clock = createFakeClock(0)
    const directory = createMemoryDirectory()
    let down = true
    const keys = { ...directory.keys, byHash: (hash: string) => (down ? Promise.reject(new Error('down')) : directory.keys.byHash(hash)) }
    const auth = createKeyAuthenticator({ directory: { ...directory, keys }, masterKey: MASTER, clock })
    const key = createKey()
    await directory.keys.insert(keyRecord({ hash: hashKey(key) }))
    await expect(Promise.resolve(auth.authenticate(key))).rejects.toThrow('down')
    down = false
    expect(await auth.authenticate(key)).toBeDefined()
  })

  it('the master key is the operator; its hash, and a text without sk-, are nobody and are not looked up', () => {
    const { auth, lookUps } = setup()
    expect(auth.authenticate(MASTER)).toMatchObject({ role: 'proxy_admin', tenant: 'master' })
    for (const text of ['', hashKey(MASTER), 'SK-master-key-of-tests', 'Bearer sk-x']) expect(auth.authenticate(text)).toBeUndefined()
    expect(lookUps()).toBe(0)
  })

  it('the hash of a key is not a key', async () => {
    const { auth, add } = setup()
    const { record } = await add()
    for (const text of [record.hash, `sk-${record.hash}`]) expect(await auth.authenticate(text)).toBeUndefined()
  })

  it('an expiry is noticed on a warm key, in words without the key', async () => {
    const { auth, add, clock } = setup()
    const { key } = await add({ expiresAt: clock.now() + 1000 })
    await auth.authenticate(key)
    clock.jump(999)
    expect(auth.authenticate(key)).toBeDefined()
    clock.jump(1)
    expect(() => auth.authenticate(key)).toThrow(expect.objectContaining({ code: 'expired_key', status: 401, message: expect.not.stringContaining(key) }))
  })

  it('the key before a regeneration works until its grace ends', async () => {
    const { auth, add, clock } = setup()
    const old = createKey()
    const { key } = await add({ previousHash: hashKey(old), previousUntil: clock.now() + 1000 })
    expect(await auth.authenticate(old)).toMatchObject({ tenant: (await auth.authenticate(key))!.tenant })
    clock.jump(1000)
    expect(() => auth.authenticate(old)).toThrow('expired')
    expect(auth.authenticate(key)).toBeDefined()
  })

  it('a blocked team or user blocks its keys, a change counts at once, and a key outlives neither', async () => {
    const { auth, add, inner } = setup()
    await inner.teams.insert(team())
    await inner.users.insert(user())
    const { key } = await add({ teamId: 'team', userId: 'user' })
    expect(await auth.authenticate(key)).toMatchObject({ role: 'internal_user', facts: { teamId: 'team', userId: 'user' } })
    await inner.teams.update(team({ blocked: true, version: 2 }))
    await expect(Promise.resolve(auth.authenticate(key))).rejects.toMatchObject({ code: 'blocked_key' })
    await inner.teams.update(team({ version: 3 }))
    expect(await auth.authenticate(key)).toBeDefined()
    await inner.users.delete('user')
    await expect(Promise.resolve(auth.authenticate(key))).rejects.toMatchObject({ code: 'blocked_key' })
  })

  it('keys have tenants of their own, which stay over a regeneration and are no hashes', async () => {
    const { auth, add, inner } = setup()
    const { key, record } = await add()
    const before = (await auth.authenticate(key))!.tenant
    const next = createKey()
    await inner.keys.update({ ...record, hash: hashKey(next), version: 2 })
    expect((await auth.authenticate(next))!.tenant).toBe(before)
    expect(before).not.toContain(record.hash)
    expect((await auth.authenticate((await add()).key))!.tenant).not.toBe(before)
  })
})

describe('model access', () => {
  const caller = async (key: Partial<KeyRecord>, ofTeam?: readonly string[], ofUser?: readonly string[]): Promise<Principal> => {
    const { auth, add, inner } = setup()
    if (ofTeam) await inner.teams.insert(team({ models: ofTeam }))
    if (ofUser) await inner.users.insert(user({ models: ofUser }))
    const made = await add({ ...key, ...(ofTeam && { teamId: 'team' }), ...(ofUser && { userId: 'user' }) })
    return (await auth.authenticate(made.key))!
  }

  it.each([
    [[], undefined, 'gpt', undefined],
    [['gpt'], undefined, 'gpt', undefined],
    [['gpt'], undefined, 'gpt-4', 'key'],
    [['openai/*'], undefined, 'openai/gpt-4', undefined],
    [['openai/*'], undefined, 'azure/gpt-4', 'key'],
    [['a*c*e'], undefined, 'abcde', undefined],
    [['a*c*e'], undefined, 'abde', 'key'],
    [['ab*ba'], undefined, 'aba', 'key'],
    [['all-proxy-models'], undefined, 'anything', undefined],
    [['no-default-models'], undefined, 'anything', 'key'],
    [['no-default-models', 'gpt'], undefined, 'gpt', undefined],
    [['all-team-models'], ['gpt'], 'gpt', undefined],
    [['all-team-models'], ['gpt'], 'other', 'team'],
    [[], ['gpt'], 'other', 'team'],
    [['other'], ['gpt'], 'other', 'team'],
    [['other'], ['gpt'], 'gpt', 'key'],
    [['gpt'], [], 'gpt', undefined],
  ] as const)('key %j, team %j: %s is refused by %s', async (models, ofTeam, model, refused) => {
    const { access } = await caller({ models }, ofTeam)
    for (let i = 0; i < 2; i += 1) expect(access?.refusal(model)).toBe(refused)
  })

  it('without a team the user\'s list counts, and any of a model\'s names is enough', async () => {
    const own = await caller({}, undefined, ['gpt'])
    expect([own.access!.refusal('other'), own.access!.refusal('alias', { name: 'gpt' })]).toEqual(['user', undefined])
    expect((await caller({}, [], ['gpt'])).access?.refusal('other')).toBeUndefined()
  })
})

describe('rights', () => {
  it('only admins write users, viewers write nothing, and unknown roles hold nothing', () => {
    const writes = ['keys:write', 'teams:write', 'users:write'] as const
    const of = (role: Parameters<typeof roleHolds>[0]): string[] => writes.filter((permission) => roleHolds(role, permission))
    expect([of('proxy_admin'), of('proxy_admin_viewer'), of('internal_user'), of('internal_user_viewer')]).toEqual([[...writes], [], ['keys:write', 'teams:write'], []])
    expect([roleHolds('proxy_admin_viewer', 'inference'), roleHolds('toString' as never, 'public'), roleHolds('root' as never, 'inference')]).toEqual([false, false, false])
  })

  it.each([
    ['default', [], 'inference', ['/chat/completions'], true],
    ['llm_api', [], 'inference', ['/chat/completions'], true],
    ['llm_api', [], 'keys:read', ['/key/info'], false],
    ['management', [], 'inference', ['/chat/completions'], false],
    ['management', [], 'keys:write', ['/key/generate'], true],
    ['read_only', [], 'keys:write', ['/key/generate'], false],
    ['read_only', [], 'models:read', ['/models'], true],
    ['default', ['/key/*'], 'keys:write', ['/key/generate'], true],
    ['default', ['/key/*'], 'inference', ['/v1/chat/completions', '/chat/completions'], false],
    ['default', ['/chat/completions'], 'inference', ['/v1/chat/completions', '/chat/completions'], true],
    ['default', ['llm_api_routes'], 'inference', ['/embeddings'], true],
    ['default', ['info_routes'], 'keys:write', ['/key/update'], false],
    ['llm_api', ['/key/*'], 'keys:write', ['/key/generate'], false],
  ] as const)('key_type %s with routes %j leaves %s on %j: %s', async (keyType, allowedRoutes, permission, paths, allowed) => {
    const { auth, add } = setup()
    const principal = (await auth.authenticate((await add({ keyType, allowedRoutes })).key))!
    expect(principal.narrows?.(permission, paths) ?? true).toBe(allowed)
  })
})
