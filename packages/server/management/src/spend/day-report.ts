import type { UsageQuery, UsageSheet, UsageSheetQuery } from '@tianjillm/spend'
import { inTurns } from './in-turns.ts'
import { Interned } from './interned.ts'
import { JsonBytes, piece } from './json-bytes.ts'
import { teamLabels } from './named.ts'
import { Names } from './names.ts'
import type { SpendOptions } from './options.ts'
import { TwoWays } from './two-ways.ts'

/** By whom a report is grouped, as LiteLLM calls its lists. */
export type ReportList = 'teams' | 'customers' | 'teams_customers'

const owners: Readonly<Record<ReportList, readonly ('team' | 'entity')[]>> = { teams: ['team'], customers: ['entity'], teams_customers: ['team', 'entity'] }
/** Between the team and the end user that own a line. */
const AND = '\0'

const lineTokens = piece(',"total_tokens":')
const lineEnd = piece('}')
const ownerLines = piece(',"metadata":[')
const ownerEnd = piece(']}')

/** One object a day, in it one for each owner, in it one for each model and key: the JSON of an answer that may have millions of lines. */
export async function dayReport(options: SpendOptions, question: Pick<UsageQuery, 'from' | 'to' | 'counted' | 'only'>, list: ReportList): Promise<Buffer> {
  const dimensions: UsageSheetQuery['dimensions'] = ['modelGroup', 'key', ...owners[list]]
  const sheets = options.spend.usageSheets({ ...question, dimensions, sums: [['costNanoUsd'], ['promptTokens', 'completionTokens']] })
  const json = new JsonBytes()
  const days = new ReportDays(options, json, list)
  let following = false
  json.put(piece('['))
  // What a team is called depends on who else is in the report.
  for await (const sheet of inTurns(list === 'customers' ? sheets : await days.gathered(sheets))) {
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
  readonly #models = new Interned()
  readonly #keys = new Interned()
  readonly #owners = new Interned()
  readonly #keyNames: Names
  readonly #teamNames: Names
  readonly #split = new TwoWays()
  /** By key and model: the number of the pair. */
  readonly #pairs: (number[] | undefined)[] = []
  /** By number of the pair: how its lines begin. */
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
    await this.#teamNames.learn([...new Set(all.flatMap(({ dimensions }) => dimensions[2]!))])
    this.#labelOf = teamLabels(this.#teamNames.all, 'Unassigned Team')
    return all
  }

  async write({ day, dimensions: [models, keys, ...ownedBy], sums }: UsageSheet): Promise<void> {
    const ownerColumn = this.#owners.column(ownedBy.length === 1 ? ownedBy[0]! : ownedBy[0]!.map((team, i) => `${team}${AND}${ownedBy[1]![i]!}`))
    const known = this.#keys.labels.length
    const keyColumn = this.#keys.column(keys!)
    await this.#keyNames.learn(this.#keys.labels, known)
    const pairColumn = this.#pairColumn(keyColumn, this.#models.column(models!))
    const json = this.#json
    json.put(piece(`{"group_by_day":"${day}T00:00:00+00:00","${this.#list}":[`))
    let following = false
    this.#split.split(ownerColumn, pairColumn, sums, ({ first, count, second, sums: [spend, tokens], totals }) => {
      if (following) json.comma()
      following = true
      json.put((this.#openings[first] ??= this.#openingOf(this.#owners.labels[first]!)))
      json.usd(totals[0]!)
      json.put(ownerLines)
      for (let i = 0; i < count; i += 1) {
        if (i > 0) json.comma()
        json.put(this.#lines[second[i]!]!)
        json.usd(spend![i]!)
        json.put(lineTokens)
        json.whole(tokens![i]!)
        json.put(lineEnd)
      }
      json.put(ownerEnd)
    })
    json.put(ownerEnd)
  }

  #pairColumn(keys: Int32Array, models: Int32Array): Int32Array {
    const pairs = new Int32Array(keys.length)
    for (let row = 0; row < keys.length; row += 1) {
      const key = keys[row]!
      const model = models[row]!
      pairs[row] = (this.#pairs[key] ??= [])[model] ??= this.#lines.push(this.#lineOf(key, model)) - 1
    }
    return pairs
  }

  #lineOf(key: number, model: number): Uint8Array {
    const id = this.#keys.labels[key]!
    return piece(`{"model":${JSON.stringify(this.#models.labels[model])},"api_key":${JSON.stringify(this.#keyNames.get(id)?.hash ?? id)},"spend":`)
  }

  #openingOf(owner: string): Uint8Array {
    const [team, customer] = this.#list === 'customers' ? [undefined, owner] : this.#list === 'teams' ? [owner, undefined] : (owner.split(AND) as [string, string])
    const named = { ...(team !== undefined && { team_name: this.#labelOf(team) }), ...(customer !== undefined && { customer }) }
    return piece(`${JSON.stringify(named).slice(0, -1)},"total_spend":`)
  }
}
