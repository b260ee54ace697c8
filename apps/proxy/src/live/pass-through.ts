import type { ConfigurationSnapshot, Sealer } from '@tianjillm/configuration'
import type { PassThroughOptions } from '@tianjillm/gateway'
import { allMethods, PASS_THROUGH, passGuardrails, type PassThroughFields, type PassThroughView } from '@tianjillm/management'
import { createHash } from 'node:crypto'
import { masked, plainAddress } from './mask.ts'

/** An endpoint of the file or of the database, or why there is none. */
interface Known {
  readonly id: string
  readonly path: string
  readonly origin: PassThroughView['origin']
  readonly fields: PassThroughFields | undefined
  readonly problem: string | undefined
}

/** Whether a setting keeps an endpoint. */
export function isPassThrough(setting: string): boolean {
  return setting.startsWith(`${PASS_THROUGH}.`)
}

/** The endpoints of the file, then those that are stored, in the order in which they were added. The file's win. */
export function knownEndpoints(ofFile: readonly PassThroughFields[], settings: ConfigurationSnapshot['settings'], sealer: Sealer): readonly Known[] {
  const file = ofFile.map((fields): Known => ({ id: fields.id ?? idOf(fields.path), path: fields.path, origin: 'file', fields, problem: undefined }))
  const taken = new Set(file.map(({ path }) => path))
  const stored = [...settings.values()].filter(({ id }) => isPassThrough(id)).map(({ id: setting, value }): Known => {
    const path = setting.slice(PASS_THROUGH.length + 1)
    const problem = taken.has(path) ? 'The config file has an endpoint of this path, which is used instead.' : undefined
    try {
      const fields = sealer.open(String(value), `setting:${setting}`) as PassThroughFields
      return { id: fields.id ?? idOf(path), path, origin: 'database', fields, problem }
    } catch (error) {
      return { id: idOf(path), path, origin: 'database', fields: undefined, problem: (error as Error).message }
    }
  })
  return [...file, ...stored]
}

/** Of those that can be called, what the gateway must know. */
export function endpointOptions(known: readonly Known[]): readonly PassThroughOptions[] {
  return known.flatMap(({ id, path, origin, fields, problem }) => (!fields || problem !== undefined ? [] : [{
    id, path, target: fields.target, trust: origin === 'file' ? 'operator' as const : 'checked' as const, headers: fields.headers ?? {},
    query: fields.default_query_params ?? {}, subpaths: fields.include_subpath ?? false, forwardsHeaders: fields.forward_headers ?? false, authenticated: fields.auth ?? true, methods: fields.methods ?? allMethods,
    guardrails: passGuardrails(fields), costNanoUsd: Math.round((fields.cost_per_request ?? 0) * 1_000_000_000),
  }]))
}

export function endpointViews(known: readonly Known[]): readonly PassThroughView[] {
  return known.map(({ id, path, origin, fields, problem }) => ({ id, path, origin, problem, shown: shownFields(fields) }))
}

/** Every header and parameter may be the secret. */
export function shownFields(fields: Partial<PassThroughFields> = {}): PassThroughView['shown'] {
  const hidden = (values: Readonly<Record<string, string>> | null | undefined): Record<string, string> => Object.fromEntries(Object.entries(values ?? {}).map(([name, value]) => [name, masked(value)]))
  return {
    target: String(plainAddress(fields.target ?? '')), headers: hidden(fields.headers), default_query_params: hidden(fields.default_query_params), include_subpath: fields.include_subpath ?? false,
    forward_headers: fields.forward_headers ?? false, auth: fields.auth ?? true, cost_per_request: fields.cost_per_request ?? 0, methods: [...(fields.methods ?? allMethods)],
    guardrails: Object.fromEntries(passGuardrails(fields).map(({ name, requestFields, responseFields }) => [name, requestFields || responseFields ? { ...(requestFields && { request_fields: requestFields }), ...(responseFields && { response_fields: responseFields }) } : null])),
  }
}

/** An id that is the same in every replica and after a restart. */
function idOf(path: string): string {
  return createHash('sha256').update(path).digest('hex').slice(0, 16)
}
