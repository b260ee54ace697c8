import { newTag, type Stamp, type TagRecord } from '@tianjillm/auth'
import type { QueryAnswer, QueryRoute } from '@tianjillm/gateway'
import * as v from 'valibot'
import { withBody } from '../body.ts'
import { budgetTable } from '../budgets/wire.ts'
import { instant, names, patch, patched } from '../fields.ts'
import { holderEntries, limitsToWire, patchHolder } from '../limit-fields.ts'
import { all, change, checkBudget, type ManagementOptions, notFound, refusedWrite, spendOf, stampOf } from '../service.ts'

/** As calls carry it; longer ones are cut there. */
const name = v.pipe(v.string(), v.trim(), v.nonEmpty('must not be empty'), v.maxLength(256, 'is too long'), v.check((tag) => !tag.includes(','), 'must not hold a comma, which separates tags in headers'))
const body = v.strictObject({ name, description: patch(v.string()), models: patch(names), ...holderEntries })
type TagFields = Omit<v.InferOutput<typeof body>, 'name'>

/** `/tag/*`. */
export function tagRoutes(options: ManagementOptions): readonly QueryRoute[] {
  const { tags, budgets } = options.directory

  const shown = async (tag: TagRecord): Promise<Record<string, unknown>> => {
    const budget = tag.budgetId === null ? undefined : await budgets.get(tag.budgetId)
    const { spend, resetsAt } = await spendOf(options, { tag: { kind: 'tag', id: tag.id, record: tag, budget } })
    return {
      name: tag.id, description: tag.description, models: tag.models, model_info: Object.fromEntries(tag.models.map((model) => [model, model])), spend, budget_id: tag.budgetId, ...limitsToWire(tag),
      budget_reset_at: instant(resetsAt), litellm_budget_table: budgetTable(budget), created_at: instant(tag.createdAt), updated_at: instant(tag.updatedAt), created_by: tag.createdBy,
    }
  }
  const answer = async (did: string, tag: TagRecord): Promise<QueryAnswer> => ({ status: 200, body: { message: `Tag ${tag.id} ${did} successfully`, tag: await shown(tag) } })

  const create = withBody(body, async ({ name: id, ...fields }, { principal }) => {
    await checkBudget(options, fields.budget_id)
    const stamp = stampOf(options, principal)
    const tag = patchTag(newTag(id, stamp), fields, stamp)
    const written = await tags.insert(tag)
    if (written !== 'ok') throw refusedWrite(written, 'tag')
    return answer('created', tag)
  })

  const update = withBody(body, async ({ name: id, ...fields }, { principal }) => {
    await checkBudget(options, fields.budget_id)
    const stamp = stampOf(options, principal)
    return answer('updated', await change(tags, id, 'tag', (before) => patchTag(before, fields, stamp)))
  })

  const info = withBody(v.strictObject({ names }), async ({ names: named }) => {
    const found = await Promise.all(named.map(async (id) => {
      const tag = await tags.get(id)
      if (!tag) throw notFound('tag')
      return [id, await shown(tag)] as const
    }))
    return { status: 200, body: Object.fromEntries(found) }
  })

  const remove = withBody(v.strictObject({ name }), async ({ name: id }) => {
    if (!(await tags.delete(id))) throw notFound('tag')
    return { status: 200, body: { message: `Tag ${id} deleted successfully` } }
  })

  return [
    { kind: 'query', method: 'POST', paths: ['/tag/new'], permission: 'tags:write', answer: create },
    { kind: 'query', method: 'POST', paths: ['/tag/update'], permission: 'tags:write', answer: update },
    { kind: 'query', method: 'POST', paths: ['/tag/delete'], permission: 'tags:write', answer: remove },
    { kind: 'query', method: 'POST', paths: ['/tag/info'], permission: 'tags:read', answer: info },
    { kind: 'query', method: 'GET', paths: ['/tag/list'], permission: 'tags:read', answer: async () => ({ status: 200, body: await Promise.all((await all(tags)).map(shown)) }) },
  ]
}

function patchTag(before: TagRecord, fields: TagFields, { now, by }: Stamp): TagRecord {
  return { ...before, ...patchHolder(before, fields), description: patched(fields.description, before.description, null), models: patched(fields.models, before.models, []), updatedAt: now, updatedBy: by }
}
