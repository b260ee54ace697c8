import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Client, createClient, isTianjiError, type Method } from '@tianjillm/client'
import { compileErrors, validate } from '@readme/openapi-parser'
import { answer, createFakeUpstream, type FakeUpstream } from '@tianjillm/test-kit'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { completion } from './chat-answers.ts'
import { priced } from './management-client.ts'
import { type Document, inputFor, type Operation } from './openapi-samples.ts'
import { createDatabase, type TestDatabase } from '@tianjillm/storage/testing'
import { MASTER_KEY, type RunningProxy, startProxy } from './start-proxy.ts'

type Path = Parameters<Client['request']>[1]

/** What must be there before others, and what takes it away again. */
const rank = (path: string): number => (/\/(?:new|generate|member_add)$/.test(path) ? 0 : path.endsWith('/member_delete') ? 2 : /delete|reset/.test(path) ? 3 : 1)

describe('the OpenAPI document of the running proxy', () => {
  let upstream: FakeUpstream
  let database: TestDatabase | undefined
  let proxy: RunningProxy
  let client: Client
  let document: Document
  const operations: { readonly method: Method; readonly path: Path; readonly operation: Operation }[] = []

  beforeAll(async () => {
    upstream = await createFakeUpstream()
    upstream.otherwise(answer.json(completion('hi')))
    database = await createDatabase()
    proxy = await startProxy({ config: { model_list: [priced(upstream.url, 'gpt')], general_settings: { store_model_in_db: true, spend_archive: { type: 'local', archive_dir: mkdtempSync(join(tmpdir(), 'tianjillm-archive-')) } } }, env: { LITELLM_SALT_KEY: 'sk-salt-of-the-tests' }, database: database?.url ?? 'embedded' })
    client = createClient({ baseUrl: proxy.url, apiKey: MASTER_KEY })
    document = (await client.get('/openapi.json')) as unknown as Document
    for (const [path, methods] of Object.entries(document.paths)) for (const [method, operation] of Object.entries(methods)) operations.push({ method: method as Method, path: path as Path, operation })
    operations.sort((a, b) => rank(a.path) - rank(b.path))
  })
  afterAll(async () => {
    await proxy[Symbol.asyncDispose]()
    await upstream.close()
    await database?.drop()
  })

  it('is valid OpenAPI 3.1', async () => {
    const result = await validate(structuredClone(document) as never)
    expect(result.valid ? [] : compileErrors(result)).toEqual([])
  })

  it('names each operation once, and tells of each what it does and how it fails', () => {
    const ids = operations.map(({ operation }) => operation.operationId)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.length).toBeGreaterThan(50)
    for (const { path, operation } of operations) {
      expect(operation, path).toMatchObject({ summary: expect.stringMatching(/^[A-Z].*\.$/), tags: [expect.any(String)] })
      expect(Object.keys(operation.responses), path).toContain('default')
    }
  })

  it('leaves no field open where its kind is known', () => {
    const open = holes(document)
    // Kept or shown as somebody sent it; and what this version does not keep at all.
    expect(open.filter((where) => !/field_value|field_default_value|metadata|messages|completion_response|litellm_params|model_info|PassThrough/.test(where))).toEqual([])
  })

  it('every operation can be called with the client, and answers what the document says', async () => {
    const ajv = new Ajv2020({ strict: false, validateFormats: false })
    ajv.addSchema(document, 'openapi')
    await client.post('/team/new', { body: { team_id: 'sample', members_with_roles: [{ user_id: 'sample' }] } })
    await client.post('/organization/new', { body: { organization_id: 'sample' } })
    await client.post('/budget/new', { body: { budget_id: 'sample' } })
    await client.post('/customer/new', { body: { user_id: 'sample' } })
    await client.post('/tag/new', { body: { name: 'sample' } })
    const problems: string[] = []
    let well = 0
    for (const { method, path, operation } of operations) {
      const { key } = await client.post('/key/generate', { body: { user_id: 'sample' } })
      const names = ['sample']
      const known = { key, keys: [key], api_key: key, user_id: 'sample', team_id: 'sample', organization_id: 'sample', budget_id: 'sample', end_user_id: 'sample', user_ids: names, team_ids: names, organization_ids: names, organizations: names, budgets: names, names, name: 'sample', model: 'gpt', messages: [{ role: 'user', content: 'hi' }], scope: 'team', start_date: '2026-01-01', end_date: '2026-01-31', model_group: 'gpt', credential_name: 'openai-eu', access_group: 'production', model_names: ['gpt'], ...(path.startsWith('/budget') && { id: 'sample' }) }
      const where = `${method} ${path}`
      try {
        const answered = await client.request(method, path, inputFor(document, operation, known, !/\/(?:new|generate|regenerate)$/.test(path)))
        well += 1
        const ok = ajv.validate({ $ref: `openapi#/paths/${path.replaceAll('~', '~0').replaceAll('/', '~1').replaceAll('{', '%7B').replaceAll('}', '%7D')}/${method}/responses/200/content/application~1json/schema` }, answered)
        if (!ok) problems.push(`${where} answered otherwise: ${ajv.errorsText()}`)
      } catch (error) {
        if (!isTianjiError(error)) throw error
        if (!(String(error.status) in operation.responses)) problems.push(`${where} answered ${error.status}, which is not described: ${error.message}`)
        else if (process.env['VERBOSE']) console.log(`${where} ${error.status} ${error.message}`)
      }
    }
    expect(problems).toEqual([])
    // Most go well: what is sent is what the document asks for. The others name what is not there, or ask for what is refused.
    expect(well / operations.length).toBeGreaterThan(0.75)
  }, 60_000)
})

/** Fields of which the document says nothing but, perhaps, a description. */
function holes(part: unknown, where = ''): readonly string[] {
  if (Array.isArray(part)) return part.flatMap((one, i) => holes(one, `${where}/${i}`))
  if (typeof part !== 'object' || part === null) return []
  return Object.entries(part).flatMap(([name, inner]) => {
    const path = `${where}/${name}`
    const says = typeof inner === 'object' && inner !== null ? Object.keys(inner).filter((key) => key !== 'description') : []
    return [...(/\/properties\/[^/]+$/.test(path) && says.length === 0 ? [path] : []), ...holes(inner, path)]
  })
}
