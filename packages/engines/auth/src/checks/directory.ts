import assert from 'node:assert/strict'
import { hashKey } from '../key-material.ts'
import { type KeyRecord, noMemberLimits } from '../records.ts'
import type { BudgetStore, CustomerStore, Directory, DirectoryChange, KeyStore, OrganizationStore, TagStore, TeamStore, UserStore } from '../store.ts'
import { auditChecks } from './audit.ts'
import { budgetRecord, customerRecord, everyLimit, keyRecord, organizationRecord, tagRecord, teamRecord, userRecord } from './records.ts'
import { oddTexts, recordStoreChecks, type StoreCheck } from './record-store.ts'

const own = (): string => crypto.randomUUID()

/** What every {@link KeyStore} keeps to. The store may hold other records. */
export function keyStoreChecks(store: () => KeyStore | Promise<KeyStore>): readonly StoreCheck[] {
  const check = (name: string, run: (keys: KeyStore) => Promise<void>): StoreCheck => ({ name, run: async () => run(await store()) })
  const insert = async (keys: KeyStore, record: KeyRecord): Promise<KeyRecord> => {
    assert.equal(await keys.insert(record), 'ok')
    return record
  }
  return [
    ...recordStoreChecks({
      store,
      make: keyRecord,
      full: () => keyRecord({
        ...everyLimit, alias: `alias ${own()}`, createdBy: `by ${own()}`, models: ['a', 'b/*'], aliases: { mine: 'a' }, teamId: `t${own()}`, userId: `u${own()}`, organizationId: `o${own()}`, budgetId: 'b', expiresAt: 1_900_000_000_123, blocked: true,
        allowedRoutes: ['/key/*'], tags: ['x'], keyType: 'llm_api', metadata: { deep: { list: [1, null, 'ü'] } },
      }),
      filters: ({ userId, teamId, organizationId, alias, hash, createdBy }) => [{ createdBy }, { userId: userId! }, { teamId: teamId! }, { organizationId: organizationId! }, { alias: alias! }, { hash }, { userId: userId!, teamId: teamId! }],
      unique: ({ hash, alias }) => [{ hash }, { alias }, { previousHash: hash, previousUntil: 1 }],
      group: () => {
        const userId = own()
        return { fields: { userId }, filter: { userId } }
      },
    }),
    check('a key is found by its hash, and by nothing else', async (keys) => {
      const record = await insert(keys, keyRecord({ alias: own() }))
      assert.deepEqual(await keys.byHash(record.hash), record)
      for (const text of [...oddTexts, record.id, record.alias!, hashKey('sk-none')]) assert.equal(await keys.byHash(text), undefined)
      await keys.delete(record.id)
      assert.equal(await keys.byHash(record.hash), undefined)
    }),
    check('aliases are told in alphabetical order, by page, of those that a filter lets through', async (keys) => {
      const teamId = own()
      const names = ['b', 'A', 'ä', 'a%_', 'ab\\'].map((name) => `${name} ${teamId}`)
      for (const alias of names) await insert(keys, keyRecord({ teamId, alias }))
      await insert(keys, keyRecord({ teamId }))
      await insert(keys, keyRecord({ alias: `c ${teamId}` }))
      const sorted = names.toSorted()
      assert.deepEqual(await keys.aliases({ filter: { teamId }, skip: 0, limit: 10 }), { aliases: sorted, total: 5 })
      assert.deepEqual(await keys.aliases({ filter: { teamId }, skip: 3, limit: 1 }), { aliases: [sorted[3]], total: 5 })
      assert.deepEqual(await keys.aliases({ filter: { teamId }, skip: 5, limit: 10 }), { aliases: [], total: 5 })
      assert.deepEqual(await keys.aliases({ filter: { teamId }, part: 'A', skip: 0, limit: 10 }), { aliases: sorted.filter((alias) => alias.toLowerCase().includes('a')), total: sorted.filter((alias) => alias.toLowerCase().includes('a')).length })
      for (const part of ['%_', 'b\\']) assert.equal((await keys.aliases({ filter: { teamId }, part, skip: 0, limit: 10 })).total, 1)
      assert.equal((await keys.aliases({ part: teamId.toUpperCase(), skip: 0, limit: 10 })).total, 6)
      for (const part of oddTexts) await keys.aliases({ filter: { teamId }, part, skip: 0, limit: 1 })
    }),
    check('filters hold together', async (keys) => {
      const record = await insert(keys, keyRecord({ userId: own(), teamId: own() }))
      assert.equal((await keys.list({ filter: { userId: record.userId!, teamId: 'other' }, limit: 10 })).total, 0)
    }),
    check('a regenerated key is found by both hashes, and the old one stays taken', async (keys) => {
      const record = await insert(keys, keyRecord())
      const next = { ...record, hash: hashKey(own()), previousHash: record.hash, previousUntil: 1_900_000_000_000, version: 2 }
      assert.equal(await keys.update(next), 'ok')
      assert.deepEqual(await keys.byHash(record.hash), next)
      assert.deepEqual(await keys.byHash(next.hash), next)
      assert.equal(await keys.insert(keyRecord({ hash: record.hash })), 'taken')
      assert.equal(await keys.update({ ...next, previousHash: null, previousUntil: null, version: 3 }), 'ok')
      assert.equal(await keys.byHash(record.hash), undefined)
      assert.equal(await keys.insert(keyRecord({ hash: record.hash })), 'ok')
    }),
  ]
}

/** What every {@link TeamStore} keeps to. The store may hold other records. */
export function teamStoreChecks(store: () => TeamStore | Promise<TeamStore>): readonly StoreCheck[] {
  return recordStoreChecks({
    store,
    make: teamRecord,
    full: () => teamRecord({
      ...everyLimit, alias: `alias ${own()}`, organizationId: `o${own()}`, budgetId: 'b', models: ['a'], modelAliases: { mine: 'a' }, blocked: true, tags: ['x'], metadata: { a: { b: [] } },
      members: [{ userId: `first ${own()}`, role: 'admin', ...noMemberLimits }, { userId: `second ${own()}`, role: 'user', maxBudget: 5, budgetDuration: '1d', rpmLimit: 1, tpmLimit: 2, budgetId: 'b' }],
      memberDefaults: { maxBudget: 1, budgetDuration: '7d', rpmLimit: 2, tpmLimit: 3 },
    }),
    filters: ({ alias, members, organizationId }) => [{ alias: alias! }, { organizationId: organizationId! }, ...members.map(({ userId }) => ({ member: userId })), { alias: alias!, member: members[0]!.userId }],
    unique: () => [],
    group: () => {
      const alias = own()
      return { fields: { alias }, filter: { alias } }
    },
  })
}

/** What every {@link UserStore} keeps to. The store may hold other records. */
export function userStoreChecks(store: () => UserStore | Promise<UserStore>): readonly StoreCheck[] {
  return recordStoreChecks({
    store,
    make: userRecord,
    full: () => userRecord({ ...everyLimit, email: `Somebody.${own()}@Example.com`, alias: 'a', role: 'proxy_admin_viewer', models: ['a'], blocked: true, metadata: { a: null } }),
    // Addresses are one whatever their case.
    filters: ({ email }) => [{ email: email! }, { email: email!.toLowerCase() }, { email: email!.toUpperCase() }],
    unique: ({ email }) => [{ email }, { email: email!.toUpperCase() }],
    group: () => undefined,
  })
}

/** What every {@link OrganizationStore} keeps to. The store may hold other records. */
function organizationStoreChecks(store: () => OrganizationStore | Promise<OrganizationStore>): readonly StoreCheck[] {
  return recordStoreChecks({
    store,
    make: organizationRecord,
    full: () => organizationRecord({ ...everyLimit, alias: `alias ${own()}`, budgetId: 'b', models: ['a'], blocked: true, metadata: { a: 1 }, members: [{ userId: `first ${own()}`, role: 'org_admin' }, { userId: `second ${own()}`, role: 'internal_user' }] }),
    filters: ({ alias, members }) => [{ alias: alias! }, ...members.map(({ userId }) => ({ member: userId }))],
    unique: () => [],
    group: () => {
      const alias = own()
      return { fields: { alias }, filter: { alias } }
    },
  })
}

const foundById = { filters: () => [], unique: () => [], group: () => undefined }

function budgetStoreChecks(store: () => BudgetStore | Promise<BudgetStore>): readonly StoreCheck[] {
  return recordStoreChecks({ store, make: budgetRecord, full: () => budgetRecord({ ...everyLimit, metadata: { a: 1 } }), ...foundById })
}

function customerStoreChecks(store: () => CustomerStore | Promise<CustomerStore>): readonly StoreCheck[] {
  return recordStoreChecks({ store, make: customerRecord, full: () => customerRecord({ ...everyLimit, id: `Ann & Bob <${own()}>`, alias: 'a', blocked: true, allowedModelRegion: 'eu', defaultModel: 'm', budgetId: 'b' }), ...foundById })
}

function tagStoreChecks(store: () => TagStore | Promise<TagStore>): readonly StoreCheck[] {
  return recordStoreChecks({ store, make: tagRecord, full: () => tagRecord({ ...everyLimit, id: `product:chat bot ${own()}`, description: 'd', models: ['m'], budgetId: 'b' }), ...foundById })
}

/** What every {@link Directory} keeps to: the contracts of its stores, and that changes are told. */
export function directoryChecks(directory: () => Directory | Promise<Directory>): readonly StoreCheck[] {
  const of = (kind: string, checks: readonly StoreCheck[]): readonly StoreCheck[] => checks.map(({ name, run }) => ({ name: `${kind}: ${name}`, run }))
  return [
    ...auditChecks(directory),
    ...of('keys', keyStoreChecks(async () => (await directory()).keys)),
    ...of('teams', teamStoreChecks(async () => (await directory()).teams)),
    ...of('users', userStoreChecks(async () => (await directory()).users)),
    ...of('organizations', organizationStoreChecks(async () => (await directory()).organizations)),
    ...of('budgets', budgetStoreChecks(async () => (await directory()).budgets)),
    ...of('customers', customerStoreChecks(async () => (await directory()).customers)),
    ...of('tags', tagStoreChecks(async () => (await directory()).tags)),
    {
      name: 'names are told for ids, for hashes of keys too, and stay when the record is deleted; users leave none',
      async run() {
        const { keys, teams, organizations, users, names } = await directory()
        const team = teamRecord({ alias: `Team ${own()}` })
        const key = keyRecord({ alias: `key ${own()}`, teamId: team.id })
        const organization = organizationRecord()
        const user = userRecord({ email: `${own()}@example.com` })
        await Promise.all([teams.insert(team), keys.insert(key), organizations.insert(organization), users.insert(user)])
        const called = { hash: null, teamId: null }
        const ofKey = { id: key.id, name: key.alias, hash: key.hash, teamId: team.id }
        const ofTeam = { ...called, id: team.id, name: team.alias }
        const ofOrganization = { ...called, id: organization.id, name: organization.alias }
        assert.deepEqual(await names('key', [key.id, own()]), [{ ...ofKey, exists: true }])
        assert.deepEqual(await names('key', [key.hash]), [{ ...ofKey, exists: true }])
        assert.deepEqual(await names('team', [team.id, ...oddTexts]), [{ ...ofTeam, exists: true }])
        assert.deepEqual(await names('organization', [organization.id]), [{ ...ofOrganization, exists: true }])
        assert.deepEqual(await names('user', [user.id]), [{ ...called, id: user.id, name: user.email, exists: true }])
        assert.deepEqual(await names('team', []), [])
        await Promise.all([teams.delete(team.id), keys.delete(key.id), organizations.delete(organization.id), users.delete(user.id)])
        assert.deepEqual(await names('key', [key.id]), [{ ...ofKey, exists: false }])
        assert.deepEqual(await names('key', [key.hash]), [{ ...ofKey, exists: false }])
        assert.deepEqual(await names('team', [team.id]), [{ ...ofTeam, exists: false }])
        assert.deepEqual(await names('organization', [organization.id]), [{ ...ofOrganization, exists: false }])
        assert.deepEqual(await names('user', [user.id]), [])
        await teams.insert({ ...team, alias: 'anew' })
        assert.deepEqual(await names('team', [team.id]), [{ ...ofTeam, name: 'anew', exists: true }])
      },
    },
    {
      name: 'a change is told, once or more, before its write resolves, and one that was refused is not',
      async run() {
        const { keys, teams, users, organizations, budgets, customers, tags, subscribe } = await directory()
        const told: DirectoryChange[] = []
        const stop = subscribe((change) => told.push(change))
        const heard = (change: DirectoryChange): boolean => told.splice(0).some((other) => JSON.stringify(other) === JSON.stringify(change))
        const kinds = [['key', keys, keyRecord], ['team', teams, teamRecord], ['user', users, userRecord], ['organization', organizations, organizationRecord], ['budget', budgets, budgetRecord], ['customer', customers, customerRecord], ['tag', tags, tagRecord]] as const
        for (const [kind, { insert, update, delete: remove }, make] of kinds as unknown as readonly (readonly ['key', KeyStore, typeof keyRecord])[]) {
          const record = make()
          const change = { kind, id: record.id }
          await insert(record)
          assert.ok(heard(change))
          await update({ ...record, version: 2 })
          assert.ok(heard(change))
          await remove(record.id)
          assert.ok(heard(change))
          const stranger = make({ version: 2 })
          await update(stranger)
          await remove(stranger.id)
          assert.ok(!heard({ kind, id: stranger.id }))
        }
        stop()
        const record = keyRecord()
        await keys.insert(record)
        assert.ok(!heard({ kind: 'key', id: record.id }))
      },
    },
  ]
}
