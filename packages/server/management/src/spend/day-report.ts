import type { UsageColumn, UsageQuery, UsageSheet, UsageSheetQuery } from '@tianjillm/spend'
import { Pairs } from './columns.ts'
import { inTurns } from './in-turns.ts'
import { JsonBytes, piece } from './json-bytes.ts'
import { teamLabels } from './named.ts'
import { Names } from './names.ts'
import type { SpendOptions } from './options.ts'
import { TwoWays } from './two-ways.ts'

/** By whom a report is grouped, as LiteLLM calls its lists. */
export type ReportList = 'teams' | 'customers' | 'teams_customers'

const owners: Readonly<Record<ReportList, readonly ('team' | 'entity')[]>> = { teams: ['team'], customers: ['entity'], teams_customers: ['team', 'entity'] }

const lineTokens = piece(',"total_tokens":')
const lineEnd = piece('}')
const lastLineEnd = piece('}]}')
const ownerLines = piece(',"metadata":[')
const dayEnd = piece(']}')

/** One object a day, in it one for each owner, in it one for each model and key: the JSON of an answer that may have millions of lines. */
export async function dayReport(options: SpendOptions, question: Pick<UsageQuery, 'from' | 'to' | 'counted' | 'only'>, list: ReportList): Promise<readonly Buffer[]> {
  const dimensions: UsageSheetQuery['dimensions'] = ['modelGroup', 'key', ...owners[list]]
  const sheets = options.spend.usageSheets({ ...question, dimensions, sums: [['costNanoUsd'], ['promptTokens', 'completionTokens']] })
  const json = new JsonBytes()
  const days = new ReportDays(options, json, list)
  let following = false
  json.put(piece('['))
  // What a team is called depends on who else is in the report.
  for await (const sheet of inTurns(list === 'customers' ? sheets : await days.gathered(sheets), json)) {
    if (following) json.comma()
    following = true
    await days.write(sheet)
  }
  json.put(piece(']'))
  return json.end()
}

class ReportDays {
  readonly #json: JsonBytes
  readonly #list: ReportList
  readonly #keyNames: Names
  readonly #teamNames: Names
  readonly #split = new TwoWays()
  readonly #keysAndModels = new Pairs()
  readonly #teamsAndCustomers = new Pairs()
  /** By key and model: how their lines begin. */
  readonly #lines: Uint8Array[] = []
  /** By owner: how it begins. */
  readonly #openings: Uint8Array[] = []
  #labelOf: (team: string) => string = (team) => team

  constructor(options: SpendOptions, json: JsonBytes, list: ReportList) {
    this.#json = json
    this.#list = list
    this.#keyNames = new Names(options, 'key')
    this.#teamNames = new Names(options, 'team')
  }

  /** All sheets, once it is known what their teams are called. */
  async gathered(sheets: AsyncIterable<UsageSheet>): Promise<readonly UsageSheet[]> {
    const all: UsageSheet[] = []
    for await (const sheet of sheets) all.push(sheet)
    await this.#teamNames.learn(all.at(-1)?.dimensions[2]!.texts ?? [])
    this.#labelOf = teamLabels(this.#teamNames.all, 'Unassigned Team')
    return all
  }

  async write({ day, dimensions: [models, keys, ...owners], sums }: UsageSheet): Promise<void> {
    await this.#keyNames.learn(keys!.texts)
    const owner = owners.length === 1 ? owners[0]!.rows : this.#teamsAndCustomers.column(owners[0]!.rows, owners[1]!.rows)
    const line = this.#keysAndModels.column(keys!.rows, models!.rows)
    for (let number = this.#lines.length; number < this.#keysAndModels.made.length; number += 1) this.#lines.push(this.#lineOf(number, keys!, models!))
    const json = this.#json
    json.put(piece(`{"group_by_day":"${day}T00:00:00+00:00","${this.#list}":[`))
    let following = false
    this.#split.split(owner, line, sums, ({ first, count, second, sums: [spend, tokens], totals }) => {
      if (following) json.comma()
      following = true
      json.put((this.#openings[first] ??= this.#openingOf(first, owners)))
      json.usd(totals[0]![0]!)
      json.put(ownerLines)
      for (let i = 0; i < count; i += 1) {
        if (i > 0) json.comma()
        json.put(this.#lines[second[i]!]!)
        json.usd(spend![i]!)
        json.put(lineTokens)
        json.whole(tokens![i]!)
        json.put(i === count - 1 ? lastLineEnd : lineEnd)
      }
    })
    json.put(dayEnd)
  }

  #lineOf(number: number, keys: UsageColumn, models: UsageColumn): Uint8Array {
    const [key, model] = this.#keysAndModels.made[number]!
    const id = keys.texts[key]!
    return piece(`{"model":${JSON.stringify(models.texts[model])},"api_key":${JSON.stringify(this.#keyNames.get(id)?.hash ?? id)},"spend":`)
  }

  #openingOf(number: number, columns: readonly UsageColumn[]): Uint8Array {
    const numbers = columns.length === 1 ? [number] : this.#teamsAndCustomers.made[number]!
    const [first, second] = owners[this.#list].map((owner, i) => this.#ownerOf(owner, columns[i]!.texts[numbers[i]!]!))
    return piece(`{${first},${second === undefined ? '' : `${second},`}"total_spend":`)
  }

  #ownerOf(owner: 'team' | 'entity', id: string): string {
    return owner === 'team' ? `"team_name":${JSON.stringify(this.#labelOf(id))}` : `"customer":${JSON.stringify(id)}`
  }
}
