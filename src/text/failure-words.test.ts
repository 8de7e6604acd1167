import { expect, test } from 'vitest'
import { type Sentence, sentence } from '../model/failure.ts'
import { english } from './catalogue.ts'
import { chinese } from './chinese.ts'
import { failureMessage } from './failure-words.ts'
import { createText } from './text.ts'

const worded = (path: string, why: Sentence) =>
  ([createText('en', english), createText('zh', chinese)] as const).map((text) =>
    failureMessage({ step: 0, path, expected: 1, actual: 2, message: '', ...why }, text),
  )

const nothing = sentence('failure.part.nothing')

test.each([
  [
    'status',
    sentence('failure.differs', { expected: '200', actual: nothing }),
    'status: expected 200, got nothing',
    'status: 应为 200，实际是 空',
  ],
  [
    'log[0]',
    sentence('failure.noLine', {
      line: sentence('failure.part.line', {
        level: sentence('failure.part.level', { level: 'warn' }),
        plugin: sentence('failure.part.ofPlugin', { plugin: 'p' }),
        contains: sentence('failure.part.contains', { text: '"x {{y}}"' }),
        matches: '',
      }),
      count: 3,
    }),
    'log[0]: expected warn line of p with "x {{y}}"; none of 3 lines is',
    'log[0]: 应有插件 p 的包含 "x {{y}}" 的 warn 级日志；共 3 行，没有一行符合',
  ],
  [
    'upstream[0].requests',
    sentence('failure.requests', {
      where: sentence('failure.part.anyUpstream'),
      expected: 2,
      actual: 1,
      count: 1,
    }),
    'upstream[0].requests: expected 2 such at any upstream, got 1 (of 1 requests)',
    'upstream[0].requests: 任意上游应收到 2 个这样的请求，实际有 1 个（共 1 个请求）',
  ],
])('%s is said in both languages', (path, why, inEnglish, inChinese) => {
  expect(worded(path, why)).toEqual([inEnglish, inChinese])
})
