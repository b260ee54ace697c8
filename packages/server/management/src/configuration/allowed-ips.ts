import { GatewayError } from '@tianjillm/core'
import { holdsAddress, isAddressRange } from '@tianjillm/gateway'
import * as v from 'valibot'
import { defineRoute, type DocumentedRoute } from '../define-route.ts'
import { notFound } from '../service.ts'
import { operators } from './author.ts'
import { mustStore } from './must-store.ts'
import type { ConfigurationOptions } from './routes.ts'
import { settingWriter } from './setting-writer.ts'

const path = 'general_settings.allowed_ips'
const tag = 'Settings'
const body = v.strictObject({ ip: v.pipe(v.string(), v.check(isAddressRange, 'must be an address or a range of addresses such as 10.0.0.0/8'), v.description('An address, or a range of addresses such as `10.0.0.0/8`.'), v.examples(['127.0.0.0/8'])) })
const done = v.object({ message: v.string(), status: v.string() })

/** `/get/allowed_ips`, `/add/allowed_ip`, `/delete/allowed_ip`: the addresses that calls may come from. While there is none they may come from everywhere. */
export function allowedIpRoutes(options: ConfigurationOptions): readonly DocumentedRoute[] {
  const { configuration } = options
  const authorOf = operators(options)
  const write = settingWriter(configuration)

  const put = async (make: (before: readonly string[]) => readonly string[], caller: Parameters<typeof authorOf>[0]): Promise<void> => {
    mustStore(configuration)
    await configuration.checkSettings([[path, []]])
    await write(path, (before) => {
      const after = make((before ?? []) as readonly string[])
      // It could not be taken back.
      if (caller.address !== undefined && after.length > 0 && !holdsAddress(after, caller.address)) throw new GatewayError('invalid_request', `With this you would shut yourself out: you call from ${caller.address}, so add that address or its range first.`, { param: 'ip' })
      return after
    }, authorOf(caller))
    await configuration.applied()
  }
  return [
    defineRoute({
      method: 'GET', paths: ['/get/allowed_ips'], permission: 'config:read', tag, summary: 'Addresses that calls may come from; none: from everywhere.', answer: v.object({ data: v.array(v.string()) }),
      handle: () => ({ data: (configuration.settingViews().find((view) => view.path === path)?.value ?? []) as string[] }),
    }),
    defineRoute({
      method: 'POST', paths: ['/add/allowed_ip'], permission: 'config:write', tag, summary: 'Lets calls from an address in, and from no address that is not in the list.', body, answer: done,
      async handle({ body: { ip }, caller }) {
        await put((before) => {
          if (before.includes(ip)) throw new GatewayError('invalid_request', `${ip} is in the list already.`, { param: 'ip' })
          return [...before, ip]
        }, caller)
        return { message: `IP ${ip} address added successfully`, status: 'success' }
      },
    }),
    defineRoute({
      method: 'POST', paths: ['/delete/allowed_ip'], permission: 'config:write', tag, summary: 'Takes an address out of the list. After the last one calls may come from everywhere.', body: v.strictObject({ ip: v.string() }), answer: done,
      async handle({ body: { ip }, caller }) {
        await put((before) => {
          if (!before.includes(ip)) throw notFound('ip')
          return before.filter((one) => one !== ip)
        }, caller)
        return { message: `IP ${ip} deleted successfully`, status: 'success' }
      },
    }),
  ]
}
