import { parseArgs, type ParseArgsOptionsConfig } from 'node:util'
import type { AnyInput } from '@tianjillm/client'
import { nearest } from '@tianjillm/core'
import { UsageError } from '../cli/usage-error.ts'
import type { Argument, Command, Resource } from './command.ts'
import { type Field, flagOf } from './fields.ts'
import { commandHelp, resourceHelp, seeHelp } from './help.ts'

/** What a command line asks for. */
export type Reading = { readonly help: string } | { readonly command: Command; readonly input: AnyInput; readonly settings: Settings }

/** Flags of every command. */
export interface Settings {
  readonly url: string | undefined
  readonly apiKey: string | undefined
  readonly dataDir: string | undefined
  readonly json: boolean
}

const common = { url: { type: 'string' }, 'api-key': { type: 'string' }, 'data-dir': { type: 'string' }, json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' }, set: { type: 'string', multiple: true } } as const satisfies ParseArgsOptionsConfig

/** Reads what stands after the resource's name. @throws UsageError */
export function readCommand(resource: Resource, args: readonly string[]): Reading {
  const [typed, ...rest] = args
  if (typed === undefined || typed === '--help' || typed === '-h' || typed === 'help') return { help: resourceHelp(resource) }
  const name = resource.alsoCalled?.[typed] ?? typed
  const command = resource.commands[name]
  if (command === undefined) {
    const meant = nearest(typed, [...Object.keys(resource.commands), ...Object.keys(resource.alsoCalled ?? {})])
    throw new UsageError(`There is no command ${typed.startsWith('-') ? 'before' : typed} in ${resource.name}.${meant ? ` Did you mean ${meant}?` : ''}`, seeHelp(resource.name))
  }
  try {
    const { values, positionals } = parse(command, rest)
    if (values['help'] === true) return { help: commandHelp(resource, name, command) }
    return { command, input: inputOf(command, values, positionals), settings: settingsOf(values) }
  } catch (error) {
    throw error instanceof UsageError ? new UsageError(error.message, seeHelp(resource.name, name)) : error
  }
}

/** The flags by name, wherever their values go. */
function flat(inside: Command['inside']): Readonly<Record<string, Field>> {
  return Object.fromEntries(Object.entries(inside).map(([name, { field }]) => [name, field]))
}

type Values = Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>

function parse(command: Command, args: readonly string[]): { readonly values: Values; readonly positionals: readonly string[] } {
  const fields = Object.entries({ ...command.query, ...command.body, ...flat(command.inside) })
  const options: ParseArgsOptionsConfig = { ...common, ...Object.fromEntries(fields.map(([name, field]) => [flagOf(name).slice(2), { type: field.value === undefined ? 'boolean' : 'string', multiple: true }])) }
  // `--key_alias` is how LiteLLM writes it, and `--key-alias` how it is written here.
  const spelled = args.map((arg) => (/^--[a-z]\w*_/.test(arg) ? arg.replace(/^[^=]+/, (flag) => flag.replaceAll('_', '-')) : arg))
  try {
    return parseArgs({ args: spelled, options, allowPositionals: true, allowNegative: true, strict: true })
  } catch (error) {
    const { message } = error as Error
    const unknown = /Unknown option '--?([\w-]+)/.exec(message)?.[1]
    if (unknown === undefined) throw new UsageError(message.split('\n', 1)[0]!)
    const meant = nearest(unknown, Object.keys(options))
    throw new UsageError(`There is no flag --${unknown}.${meant ? ` Did you mean --${meant}?` : ''}`)
  }
}

function inputOf(command: Command, values: Values, words: readonly string[]): AnyInput {
  const sent = { body: {} as Record<string, unknown>, query: { ...command.always } as Record<string, unknown>, path: {} as Record<string, unknown> }
  const take = (from: Readonly<Record<string, Field>>, into: Record<string, unknown>): void => {
    for (const [name, field] of Object.entries(from)) {
      const typed = values[flagOf(name).slice(2)]
      if (typed !== undefined) into[name] = field.read([typed].flat().map(String), flagOf(name))
    }
  }
  take(command.body, sent.body)
  take(command.query, sent.query)
  const nested: Record<string, unknown> = {}
  take(flat(command.inside), nested)
  for (const [flag, value] of Object.entries(nested)) {
    const { object, name } = command.inside[flag]!
    const into = (sent.body[object] ??= {}) as Record<string, unknown>
    if (name === '...') Object.assign(into, value)
    else into[name] = value
  }
  for (const pair of [values['set'] ?? []].flat().map(String)) {
    const [name, value] = assignment(pair)
    sent[command.method === 'get' ? 'query' : 'body'][name] = command.method === 'get' ? String(value) : value
  }
  takeWords(command.arguments, words, sent)
  const filled = (part: Readonly<Record<string, unknown>>): boolean => Object.keys(part).length > 0
  return { ...(command.method !== 'get' && { body: sent.body }), ...(filled(sent.query) && { query: sent.query }), ...(filled(sent.path) && { path: sent.path }) }
}

function takeWords(wanted: readonly Argument[], words: readonly string[], sent: Readonly<Record<Argument['in'], Record<string, unknown>>>): void {
  let at = 0
  for (const argument of wanted) {
    const given = argument.many === 'several' ? words.slice(at) : words.slice(at, at + 1)
    at += given.length
    const meant = argument.as ? given.map(argument.as) : given
    if (given.length > 0 && argument.inside !== undefined) sent[argument.in][argument.field] = { ...(sent[argument.in][argument.field] as object | undefined), [argument.inside]: meant[0] }
    else if (given.length > 0) sent[argument.in][argument.field] = argument.many ? meant : meant[0]
    else if (!argument.optional && sent[argument.in][argument.field] === undefined) throw new UsageError(`${argument.name} is missing.`)
  }
  if (words.length > at) throw new UsageError(`There is nothing to do with ${JSON.stringify(words[at])}.`)
}

/** `name=value`, the value as JSON or else as text. @throws UsageError */
function assignment(pair: string): readonly [string, unknown] {
  const [, name, value] = /^([A-Za-z]\w*)=(.*)$/s.exec(pair) ?? []
  if (name === undefined || value === undefined) throw new UsageError(`--set must be NAME=VALUE, found ${JSON.stringify(pair)}.`)
  try {
    return [name, JSON.parse(value) as unknown]
  } catch {
    return [name, value]
  }
}

function settingsOf(values: Values): Settings {
  const text = (name: string): string | undefined => (typeof values[name] === 'string' && values[name] !== '' ? values[name] : undefined)
  return { url: text('url'), apiKey: text('api-key'), dataDir: text('data-dir'), json: values['json'] === true }
}
