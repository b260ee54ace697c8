import { GatewayError } from '@tianjillm/core'
import type { Exchange } from '../exchange/exchange.ts'
import { addressList, isIn, plainAddress } from './address-range.ts'

/** What operators say about where calls come from. */
export interface AddressRules {
  /** Addresses and ranges that may call (`general_settings.allowed_ips`); absent or empty: all. */
  readonly allowed?: readonly string[]
  /** Whether proxies in front say in `X-Forwarded-For` who calls (`general_settings.use_x_forwarded_for`). */
  readonly forwarded: boolean
  /** Those proxies (`general_settings.trusted_proxies`); absent: whoever connects is one, and there is no other behind it. */
  readonly proxies?: readonly string[]
}

/** The client's address; without rules it is what the connection tells. */
export function clientAddress(exchange: Pick<Exchange, 'remoteAddress' | 'header'>, { addresses }: { readonly addresses?: ClientAddresses }): string | undefined {
  return addresses ? addresses.of(exchange) : exchange.remoteAddress
}

/** Tells where calls come from, and whether they may come from there. */
export interface ClientAddresses {
  /** The client's address; undefined where it cannot be known. */
  of(exchange: Pick<Exchange, 'remoteAddress' | 'header'>): string | undefined
  /** @throws `permission_denied` */
  check(exchange: Pick<Exchange, 'remoteAddress' | 'header'>): void
}

/**
 * The client is whom the last trusted proxy saw: `X-Forwarded-For` is read from its end, where the proxies write, and
 * not from its beginning, where clients may have written what they like. Undefined where there is nothing to tell but
 * what the connection tells.
 *
 * @throws Error for what is no address
 */
export function createClientAddresses({ allowed = [], forwarded, proxies }: AddressRules): ClientAddresses | undefined {
  if (allowed.length === 0 && !forwarded) return undefined
  const admitted = allowed.length > 0 ? addressList(allowed) : undefined
  const trusted = proxies && addressList(proxies)
  const of: ClientAddresses['of'] = (exchange) => {
    const peer = exchange.remoteAddress === undefined ? undefined : plainAddress(exchange.remoteAddress)
    const hops = forwarded ? exchange.header('x-forwarded-for') : undefined
    if (hops === undefined || (trusted && (peer === undefined || !isIn(trusted, peer)))) return peer
    let end = hops.length
    for (;;) {
      const comma = hops.lastIndexOf(',', end - 1)
      const hop = plainAddress(hops.slice(comma + 1, end))
      if (hop === undefined || comma <= 0 || !trusted || !isIn(trusted, hop)) return hop
      end = comma
    }
  }
  return {
    of,
    check(exchange) {
      if (!admitted) return
      const address = of(exchange)
      if (address === undefined || !isIn(admitted, address)) throw new GatewayError('permission_denied', `Calls from ${address ?? 'an unknown address'} are not allowed here (general_settings.allowed_ips).`)
    },
  }
}
