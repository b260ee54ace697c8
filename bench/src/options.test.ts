import { describe, expect, it } from 'vitest'
import { parseOptions } from './options.ts'

const scenarios = ['requests', 'latency', 'ready']

describe('parseOptions', () => {
  it('runs everything at full length unless told otherwise', () => {
    expect(parseOptions([], scenarios)).toEqual({ quick: false, strict: false, source: false, database: 'none', keys: false, only: [] })
  })

  it('takes scenarios one by one or in a list, after pnpm\'s own dashes', () => {
    expect(parseOptions(['--', '--quick', '--only', 'ready', '--only', 'requests,latency'], scenarios)).toMatchObject({ quick: true, only: ['ready', 'requests', 'latency'] })
  })

  it('names the scenarios when one is unknown', () => {
    expect(() => parseOptions(['--only', 'speed'], scenarios)).toThrow('no scenario "speed"; there are requests, latency, ready')
    expect(() => parseOptions(['--fast'], scenarios)).toThrow(/--fast/)
  })
})
