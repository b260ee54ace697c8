import { describe, expect, it } from 'vitest'
import { readServerAddress } from './server-address.ts'

describe('database URL', () => {
  it("reads Prisma's parameters, and keeps from the server what it would refuse", () => {
    expect(readServerAddress('postgresql://u:p%40@h:5433/d?connection_limit=7&schema=llm&pgbouncer=true&connect_timeout=4&sslmode=require')).toEqual({
      url: 'postgresql://u:p%40@h:5433/d?sslmode=require', maxConnections: 7, schema: 'llm', connectTimeout: 4, prepare: false,
    })
    expect(readServerAddress('postgres://h/d?connection_limit=many')).toEqual({ url: 'postgres://h/d' })
  })

  it.each(['mysql://u:secret@h/d', 'host=h password=secret', 'postgresql://u:secret@h:notaport/d'])('refuses %s without repeating it', (text) => {
    expect(() => readServerAddress(text)).toThrow(/database URL/)
    expect(() => readServerAddress(text)).not.toThrow(/secret/)
  })
})
