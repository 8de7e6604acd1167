import { describe, expect, test } from 'vitest'
import { countBrowser, countUnit, settle } from './run.mjs'

describe('what counts as passed and failed', () => {
  test.each([
    ['all passed', { passed: 3, failed: 0 }, 0, { passed: 3, failed: 0 }],
    ['a runner that crashed after its tests passed', { passed: 3, failed: 0 }, 1, { passed: 3, failed: 1 }],
    ['a runner that ran nothing', { passed: 0, failed: 0 }, 0, { passed: 0, failed: 1 }],
    ['failures as counted', { passed: 1, failed: 2 }, 1, { passed: 1, failed: 2 }],
  ])('%s', (_name, counted, status, expected) => {
    expect(settle(counted, status)).toEqual(expected)
  })

  test('a test file that does not load counts as one failure', () => {
    const report = {
      numPassedTests: 4,
      numFailedTests: 1,
      testResults: [
        { status: 'passed', assertionResults: [{ status: 'passed' }] },
        { status: 'failed', assertionResults: [{ status: 'failed' }] },
        { status: 'failed', assertionResults: [] },
      ],
    }
    expect(countUnit(report)).toEqual({ passed: 4, failed: 2 })
  })

  test('a flaky browser test has failed', () => {
    expect(countBrowser({ stats: { expected: 5, unexpected: 0, flaky: 1 }, errors: [] })).toEqual({
      passed: 5,
      failed: 1,
    })
  })
})
