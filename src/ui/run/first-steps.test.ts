import { expect, test } from 'vitest'
import type { ToolchainState } from '../../compile-worker/toolchain-state.ts'
import { firstSteps } from './first-steps.ts'

const checking = { kind: 'compiling', id: 1, step: 'checking' } as const
const compiling = { kind: 'compiling', id: 1, step: 'compiling' } as const
const built = { kind: 'ok', milliseconds: 5, warnings: [], output: '' } as const
const loading: ToolchainState = { kind: 'loading', received: 1, total: 2 }
const ready: ToolchainState = { kind: 'ready', version: 'go1' }
const brief = (...given: Parameters<typeof firstSteps>) =>
  firstSteps(...given).map(({ name, state }) => `${name} ${state}`)

test('Go goes through four steps, one of them at a time', () => {
  expect(brief(checking, { kind: 'idle' })[0]).toBe('toolchain now')
  expect(brief(checking, loading)).toEqual(['toolchain now', 'check later', 'compile later', 'request later'])
  expect(brief(checking, ready)).toEqual(['toolchain done', 'check now', 'compile later', 'request later'])
  expect(brief(compiling, ready)).toEqual(['toolchain done', 'check done', 'compile now', 'request later'])
  expect(brief(built, ready)).toEqual(['toolchain done', 'check done', 'compile done', 'request now'])
})

test('objects that come while the plugin is built do not send the steps back', () => {
  expect(brief(compiling, loading)[2]).toBe('compile now')
})

test('a language without a toolchain of its own has two', () => {
  expect(brief(compiling, undefined)).toEqual(['compile now', 'request later'])
})
