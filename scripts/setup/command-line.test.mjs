import { describe, expect, test } from 'vitest'
import { readCommandLine } from './command-line.mjs'

const defaults = { cases: 500, envoy: '1.40', keep: false, from: undefined }
const read = (...words) => readCommandLine('usage', defaults, words)

describe('the options of a command', () => {
  test('are their defaults until they are given', () => {
    expect(read()).toEqual({ values: defaults })
    expect(read('--cases', '7', '--envoy=1.36', '--keep')).toEqual({
      values: { cases: 7, envoy: '1.36', keep: true, from: undefined },
    })
  })

  test('--help is the usage, and no failure', () => {
    expect(read('--help')).toEqual({ said: 'usage', status: 0 })
  })

  test.each([
    ['a name that is no option', ['--case', '7'], /--case/],
    ['a number that is none', ['--cases', 'many'], /--cases takes a whole number, not many/],
    ['a number below nothing', ['--cases=-1'], /--cases takes a whole number/],
    ['a number left out', ['--cases='], /not nothing/],
    ['an option without its value', ['--cases'], /--cases/],
    ['a word of its own', ['twenty'], /twenty/],
  ])('%s is refused, and the usage shown', (_name, words, why) => {
    const answer = read(...words)
    expect(answer.status).toBe(2)
    expect(answer.said).toMatch(why)
    expect(answer.said).toMatch(/usage$/)
  })
})
