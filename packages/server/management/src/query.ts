import { GatewayError } from '@tianjillm/core'

/** A whole number of the address, from 1 on. @throws `invalid_request` */
export function whole(search: URLSearchParams, name: string, fallback: number, most: number): number {
  const text = search.get(name)
  if (text === null) return fallback
  const value = Number(text)
  if (!Number.isInteger(value) || value < 1 || value > most) throw new GatewayError('invalid_request', `\`${name}\` must be a whole number from 1 to ${most}.`, { param: name })
  return value
}
