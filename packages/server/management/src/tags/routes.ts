import { newTag, type TagRecord } from '@tianjillm/auth'
import * as v from 'valibot'
import { defineRoute, type DocumentedRoute } from '../define-route.ts'
import { names, patch, patched } from '../fields.ts'
import { holderEntries, patchHolder } from '../limit-fields.ts'
import { rangeFields, readRange, wholeRange } from '../spend/range.ts'
import { all, authorOf, change, checkBudget, type ManagementOptions, notFound, refusedWrite, spendOf } from '../service.ts'
import { dynamicTag, listedTagAnswer, tagAnswer, tagToWire } from './wire.ts'

/** As calls carry it; longer ones are cut there. */
const name = v.pipe(v.string(), v.trim(), v.nonEmpty('must not be empty'), v.maxLength(256, 'is too long'), v.check((tag) => !tag.includes(','), 'must not hold a comma, which separates tags in headers'))
const body = v.strictObject({ name, description: patch(v.string()), models: patch(names), ...holderEntries })
const changedAnswer = v.object({ message: v.string(), tag: tagAnswer })
type TagFields = Omit<v.InferOutput<typeof body>, 'name'>

/** `/tag/*`. */
export function tagRoutes(options: ManagementOptions): readonly DocumentedRoute[] {
  const { tags, budgets } = options.directory
  const writes = { method: 'POST', permission: 'tags:write', tag: 'Tags' } as const
  const reads = { permission: 'tags:read', tag: 'Tags' } as const

  const shown = async (tag: TagRecord) => {
    const budget = tag.budgetId === null ? undefined : await budgets.get(tag.budgetId)
    return tagToWire(tag, { ...(await spendOf(options, { tag: { kind: 'tag', id: tag.id, record: tag, budget } })), budget })
  }
  const changed = async (did: string, tag: TagRecord) => ({ message: `Tag ${tag.id} ${did} successfully`, tag: await shown(tag) })

  return [
    defineRoute({
      ...writes, paths: ['/tag/new'], summary: 'Makes a tag, with limits for all that carries it.', body,
      example: { name: 'batch', max_budget: 100, budget_duration: '30d' },
      answer: changedAnswer,
      async handle({ body: { name: id, ...fields }, caller }) {
        await checkBudget(options, fields.budget_id)
        const stamp = authorOf(options, caller)
        const tag = patchTag(newTag(id, stamp), fields)
        const written = await tags.insert(tag, stamp)
        if (written !== 'ok') throw refusedWrite(written, 'tag')
        return changed('created', tag)
      },
    }),
    defineRoute({
      ...writes, paths: ['/tag/update'], summary: 'Changes a tag: absent fields stay, null clears.', body, answer: changedAnswer,
      async handle({ body: { name: id, ...fields }, caller }) {
        await checkBudget(options, fields.budget_id)
        const stamp = authorOf(options, caller)
        return changed('updated', await change(tags, id, 'tag', stamp, (before) => patchTag(before, fields)))
      },
    }),
    defineRoute({
      ...writes, paths: ['/tag/delete'], summary: 'Deletes a tag, and lifts its limits.', body: v.strictObject({ name }), answer: v.object({ message: v.string() }),
      async handle({ body: { name: id }, caller }) {
        if (!(await tags.delete(id, authorOf(options, caller)))) throw notFound('tag')
        return { message: `Tag ${id} deleted successfully` }
      },
    }),
    defineRoute({
      ...reads, method: 'POST', paths: ['/tag/info'], summary: 'Tags by name.', body: v.strictObject({ names }), answer: v.record(v.string(), tagAnswer),
      async handle({ body: { names: named } }) {
        const found = await Promise.all(named.map(async (id) => {
          const tag = await tags.get(id)
          if (!tag) throw notFound('tag')
          return [id, await shown(tag)] as const
        }))
        return Object.fromEntries(found)
      },
    }),
    defineRoute({
      ...reads, method: 'GET', paths: ['/tag/list'], summary: 'Tags that have a record, and those that calls alone named: with dates only those of calls in these days.', search: v.object(rangeFields), answer: v.array(listedTagAnswer),
      async handle({ search }) {
        const kept = await all(tags)
        const known = new Set(kept.map(({ id }) => id))
        const days = search.start_date || search.end_date ? readRange(search) : wholeRange(options.clock)
        const [named] = options.spend ? await options.spend.usage({ ...days, counted: 'tag', by: [['entity', 'day']] }) : [[]]
        // Days come in their order.
        const seen = Map.groupBy(named!.filter(({ entity }) => !known.has(entity!)), ({ entity }) => entity!)
        return [...(await Promise.all(kept.map(shown))), ...[...seen].map(([name, of]) => dynamicTag(name, of[0]!.day!, of.at(-1)!.day!))]
      },
    }),
  ]
}

function patchTag(before: TagRecord, fields: TagFields): TagRecord {
  return { ...before, ...patchHolder(before, fields), description: patched(fields.description, before.description, null), models: patched(fields.models, before.models, []) }
}
