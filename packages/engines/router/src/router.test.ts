import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bySpecificity, compilePattern, createRouter, type RoutedDeployment } from './index.ts'

const deployment = (modelName: string, model = modelName, more: Partial<RoutedDeployment> = {}): RoutedDeployment => ({ id: `${modelName}->${model}`, modelName, model, ...more })
const letters = (alphabet: string, maxLength: number): fc.Arbitrary<string> => fc.string({ unit: fc.constantFrom(...alphabet), maxLength })

describe('compilePattern', () => {
  it('matches as the regular expression does, and tells the same stars', () => {
    fc.assert(fc.property(letters('ab/*', 8).filter((text) => text.includes('*')), letters('ab/', 12), (text, name) => {
      // Each star is the shortest that lets the others match.
      const expression = new RegExp(`^${text.replaceAll('/', '\\/').replaceAll('*', '(.*?)')}$`)
      expect(compilePattern(text).match(name)).toEqual(expression.exec(name)?.slice(1))
    }), { numRuns: 2000 })
  })

  it('stays quick on input made to backtrack', () => {
    const pattern = compilePattern(`${'a*'.repeat(50)}b`)
    const started = performance.now()
    expect(pattern.match('a'.repeat(100_000))).toBeUndefined()
    expect(performance.now() - started).toBeLessThan(200)
  })

  it('takes all other characters literally', () => {
    expect(compilePattern('gpt-4.*').match('gpt-4x1')).toBeUndefined()
    expect(compilePattern('a+(*').match('a+(b')).toEqual(['b'])
  })
})

describe('bySpecificity', () => {
  it('orders by literal length, then by name, whatever the order before', () => {
    const sorted = ['openai/gpt-*', 'b*', 'openai/*', 'a*', '*']
    expect(['*', 'a*', 'openai/*', 'openai/gpt-*', 'b*'].sort(bySpecificity)).toEqual(['openai/gpt-*', 'openai/*', 'a*', 'b*', '*'])
    fc.assert(fc.property(fc.shuffledSubarray(sorted, { minLength: 5 }), (names) => {
      expect([...names].sort(bySpecificity)[0]).toBe('openai/gpt-*')
    }))
    expect(bySpecificity('*', '*')).toBe(0)
  })
})

describe('router', () => {
  it('prefers exact names to patterns, and longer patterns to shorter', () => {
    const router = createRouter({ deployments: [deployment('*', 'any/*'), deployment('openai/*'), deployment('openai/gpt-4o', 'special')] })
    const chosen = (name: string): string | undefined => router.choose(router.group(name)!, { stream: false }).candidate?.model
    expect(chosen('openai/gpt-4o')).toBe('special')
    expect(chosen('openai/gpt-5')).toBe('openai/gpt-5')
    expect(chosen('claude')).toBe('any/claude')
    expect(router.group('openai/gpt-5')!.name).toBe('openai/*')
  })

  // https://docs.litellm.ai/docs/wildcard_routing
  it('puts what each of several stars stood for into the upstream name', () => {
    const router = createRouter({ deployments: [deployment('fo::*:static::*', 'openai/fo::*:static::*'), deployment('a*b*c', '*'), deployment('x-*', '*/*')] })
    const chosen = (name: string): string | undefined => router.choose(router.group(name)!, { stream: false }).candidate?.model
    expect(['fo::hi:static::there', 'a1b2c', 'x-y'].map(chosen)).toEqual(['openai/fo::hi:static::there', '1', 'y/*'])
  })

  it('puts what the star stood for into the upstream name as it is', () => {
    const router = createRouter({ deployments: [deployment('x/*', 'y-*-z')] })
    expect(router.choose(router.group('x/$&$1')!, { stream: false }).candidate?.model).toBe('y-$&$1-z')
  })

  it('knows aliases of names and of what patterns match', () => {
    const router = createRouter({ deployments: [deployment('gpt', 'up'), deployment('openai/*', '*')], aliases: { best: 'gpt', wild: 'openai/o3', gone: 'nothing' } })
    expect(router.choose(router.group('best')!, { stream: false }).candidate?.model).toBe('up')
    expect(router.choose(router.group('wild')!, { stream: false }).candidate?.model).toBe('o3')
    expect(router.group('gone')).toBeUndefined()
  })

  it.each(['', 'nope', 'constructor', '__proto__', 'toString'])('knows no model %j', (name) => {
    expect(createRouter({ deployments: [deployment('gpt')], aliases: {} }).group(name)).toBeUndefined()
  })

  it('lists every name once, in the order of the configuration', () => {
    const router = createRouter({ deployments: [deployment('b'), deployment('a/*'), deployment('b', 'other')], aliases: { best: 'b', b: 'a/x' } })
    expect(router.names()).toEqual(['b', 'a/*', 'best'])
  })

  it('chooses by weight', () => {
    const shares = [0, 1, 3, 6]
    let point = 0
    const router = createRouter({ deployments: shares.map((weight, i) => deployment('gpt', `m${i}`, { weight })), random: () => point })
    const count: Record<string, number> = {}
    for (let i = 0; i < 1000; i += 1) {
      point = i / 1000
      const { model } = router.choose(router.group('gpt')!, { stream: false }).candidate!
      count[model] = (count[model] ?? 0) + 1
    }
    expect(count).toEqual({ m1: 100, m2: 300, m3: 600 })
  })

  it('shares evenly when all weights are 0, and counts an absent weight as 1', () => {
    let point = 0
    const even = createRouter({ deployments: [deployment('g', 'a', { weight: 0 }), deployment('g', 'b', { weight: 0 })], random: () => point })
    expect(even.choose(even.group('g')!, { stream: false }).candidate?.model).toBe('a')
    point = 0.99
    expect(even.choose(even.group('g')!, { stream: false }).candidate?.model).toBe('b')
    const mixed = createRouter({ deployments: [deployment('g', 'a'), deployment('g', 'b', { weight: 3 })], random: () => 0.25 })
    expect(mixed.choose(mixed.group('g')!, { stream: false }).candidate?.model).toBe('b')
  })

  it('leaves out what was tried, and ends with nothing', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 6 }), fc.noShrink(fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { minLength: 7, maxLength: 7 })), (size, points) => {
      const router = createRouter({ deployments: Array.from({ length: size }, (_, i) => deployment('gpt', `m${i}`)), random: () => points.shift() ?? 0 })
      const tried = new Set<string>()
      for (let i = 0; i < size; i += 1) {
        const { id } = router.choose(router.group('gpt')!, { stream: false, tried }).candidate!.deployment
        expect(tried.has(id)).toBe(false)
        tried.add(id)
      }
      expect(router.choose(router.group('gpt')!, { stream: false, tried }).candidate).toBeUndefined()
    }))
  })

  it('answers the same group for a name asked again, and keeps no endless names in memory', () => {
    const router = createRouter({ deployments: [deployment('w/*')] })
    expect(router.group('w/a')).toBe(router.group('w/a'))
    const endless = `w/${'x'.repeat(1_000_000)}`
    expect(router.group(endless)).toEqual(router.group(endless))
    expect(router.group(endless)).not.toBe(router.group(endless))
  })
})
