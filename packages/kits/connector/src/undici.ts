import { createRequire } from 'node:module'
import type { Dispatcher } from 'undici'

type Undici = typeof import('undici')

// The parts by themselves: undici's index also loads fetch, caches, mocks and a WebSocket, and takes three times as long.
const require = createRequire(import.meta.url)
export const Client = require('undici/lib/dispatcher/client.js') as Undici['Client']
export type Client = InstanceType<Undici['Client']>
export const buildConnector = require('undici/lib/core/connect.js') as Undici['buildConnector']
type TunnelOptions = Omit<Dispatcher.ConnectOptions, 'origin'>
type Connect = (this: Client, options: TunnelOptions) => Promise<Dispatcher.ConnectData>

/** `client.connect`, a method that only the index adds; loaded when a tunnel is wanted. */
export function openTunnel(client: Client, options: TunnelOptions): Promise<Dispatcher.ConnectData> {
  return (require('undici/lib/api/api-connect.js') as Connect).call(client, options)
}
export type { Dispatcher }
