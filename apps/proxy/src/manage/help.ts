import type { Argument, Command, Resource } from './command.ts'
import { type Field, flagOf } from './fields.ts'

type Line = readonly [string, string]

/** Flags that every command has. */
const common: readonly Line[] = [
  ['--url URL', 'the gateway (TIANJILLM_URL; default http://127.0.0.1:4000)'],
  ['--api-key KEY', 'the key to use (TIANJILLM_API_KEY is safer: flags are seen by others on the machine).\nDefault for a gateway of this machine: its own master key'],
  ['--data-dir D', 'where that gateway keeps its key (TIANJILLM_DATA_DIR; default ~/.tianjillm)'],
  ['--json', 'the answer as JSON, errors too'],
  ['--help', 'this text'],
]

/** Where to read on. */
export const seeHelp = (...words: readonly string[]): string => `\`${['tianjillm', ...words].join(' ')} --help\` tells what there is.`

/** What can be done with a resource. */
export function resourceHelp({ name, summary, commands }: Resource): string {
  const lines = Object.entries(commands).map(([command, declared]): Line => [[command, ...declared.arguments.map(shownArgument)].join(' '), declared.summary])
  return [`tianjillm ${name}: ${summary}`, section('Commands', lines), section('Flags of each', common), `\`tianjillm ${name} COMMAND --help\` tells the flags of a command.`].join('\n\n')
}

/** What a command takes. */
export function commandHelp({ name, alsoCalled = {} }: Resource, called: string, command: Command): string {
  const others = Object.entries(alsoCalled).filter(([, meant]) => meant === called).map(([other]) => other)
  const flags = Object.entries({ ...command.body, ...Object.fromEntries(Object.entries(command.inside).map(([name, { field }]) => [name, field])), ...command.query }).map(([field, about]): Line => [shownFlag(field, about), about.summary])
  const clears = Object.values(command.body).some(({ value }) => value !== undefined)
  return [
    `tianjillm ${[name, called, ...command.arguments.map(shownArgument)].join(' ')} [flags]`,
    `${command.summary}${others.length > 0 ? ` Also: ${others.join(', ')}.` : ''}`,
    ...(flags.length > 0 ? [section('Flags', [...flags, ['--set NAME=VALUE', 'any other field of the route, as JSON or text; may be given again']])] : []),
    section('Flags of every command', common),
    ...(clears ? ['What is not given stays as it is; the value null takes it away.'] : []),
    `It asks ${command.method.toUpperCase()} ${command.path}.`,
  ].join('\n\n')
}

/** `KEY`, `[KEY]`, `USER...` */
export function shownArgument({ name, many, optional }: Argument): string {
  const word = many === 'several' ? `${name}...` : name
  return optional ? `[${word}]` : word
}

function shownFlag(field: string, { value }: Field): string {
  return value === undefined ? `${flagOf(field)}, ${flagOf(`no_${field}`)}` : `${flagOf(field)} ${value}`
}

/** Lines of two columns below a title. */
export function section(title: string, lines: readonly Line[]): string {
  const width = Math.max(...lines.map(([left]) => left.length))
  return [`${title}:`, ...lines.map(([left, right]) => `  ${left.padEnd(width)}  ${right.replaceAll('\n', `\n${' '.repeat(width + 4)}`)}`)].join('\n')
}
