import { GatewayError } from '@tianjillm/core'
import { isIP } from 'node:net'
import { addressKind } from './address.ts'
import type { ConnectorOptions, ResolvedAddress, Resolve } from './options.ts'
import type { Target } from './target.ts'

/** Ports that untrusted URLs may name: the web's own and their usual alternatives, no database, mail or shell. */
export const defaultPorts: readonly number[] = [80, 443, 8080, 8443]

// Names of metadata services, whatever they resolve to here.
const metadataNames = new Set(['metadata', 'metadata.google.internal', 'metadata.goog', 'metadata.azure.internal', 'instance-data', 'instance-data.ec2.internal'])
// Suffixes that are local by definition: RFC 6761, RFC 6762, RFC 8375, ICANN resolution 2024.07.29.06.
const localName = /(?:^|\.)(?:localhost|local|internal|home\.arpa)$/

/** The rules for `checked` requests. Both methods throw or reject with `address_refused`. */
export interface Guard {
  /** Checks what the URL says: port, literal address, well-known local names. */
  check(target: Target): void
  /** Resolves a name and checks every address; the caller must connect to one of these and nothing else. */
  resolve(hostname: string): Promise<readonly ResolvedAddress[]>
}

/** Builds the guard from the connector's options. */
export function createGuard(options: ConnectorOptions, resolve: Resolve): Guard {
  const allowPrivate = options.allowPrivate ?? false
  const ports = options.allowedPorts === 'any' ? undefined : new Set(options.allowedPorts ?? defaultPorts)

  const admit = (address: string, hostname: string): void => {
    const kind = addressKind(address)
    if (kind === 'public' || (kind === 'private' && allowPrivate)) return
    throw refused(hostname)
  }

  return {
    check(target) {
      if (ports !== undefined && !ports.has(target.port)) {
        throw new GatewayError('address_refused', `Port ${target.port} of ${target.hostname} is not allowed for addresses that were not set by the operator. Nothing was sent.`)
      }
      if (isIP(target.hostname) !== 0) return admit(target.hostname, target.hostname)
      const name = target.hostname.replace(/\.+$/, '')
      if (name === '' || metadataNames.has(name) || (!allowPrivate && localName.test(name))) throw refused(target.hostname)
    },
    async resolve(hostname) {
      const found = await resolve(hostname)
      for (const { address } of found) admit(address, hostname)
      return found
    },
  }
}

// The resolved address stays out of the message: it would tell a caller how the inner network looks.
function refused(hostname: string): GatewayError {
  return new GatewayError('address_refused', `${hostname} is, or resolves to, a private, local, metadata or reserved address. Nothing was sent. An operator can allow private upstreams, or set the address in the configuration.`)
}
