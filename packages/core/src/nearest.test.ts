import { expect, it } from 'vitest'
import { nearest, unknownKey } from './nearest.ts'

it.each([['modle', 'model'], ['MODEL_LSIT', 'model_list'], ['keyz', 'keys'], ['entirely-else', undefined]])('%s is meant to be %s', (typed, meant) => {
  expect(nearest(typed, ['model', 'model_list', 'keys'])).toBe(meant)
})

it('tells of an unknown key, with the nearest where there is one', () => {
  expect(unknownKey('modle', ['model'])).toBe('unknown key. Did you mean `model`?')
  expect(unknownKey('zzz', ['model'])).toBe('unknown key.')
})
