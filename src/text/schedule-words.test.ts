import { expect, test } from 'vitest'
import { english } from './catalogue.ts'
import { chinese } from './chinese.ts'
import { choiceText } from './schedule-words.ts'
import { createText } from './text.ts'

const [en, zh] = [createText('en', english), createText('zh', chinese)]

test.each([
  [{ what: 'delay', of: 'auth', chosen: 2 }, 'an answer of auth comes 15 ms later', 'auth 的应答晚 15 ms 到达'],
  [
    { what: 'cut', of: 'web', chosen: 1 },
    'a piece of the body of web is cut in the middle',
    'web 的一段 body 从中间被切开',
  ],
  [
    { what: 'worker', of: 'request 3', chosen: 1 },
    'request 3 goes to the next worker',
    '请求 3 由往后第 1 个 worker 处理',
  ],
  [
    { what: 'worker', of: 'request 3', chosen: 2 },
    'request 3 goes to the worker 2 places on',
    '请求 3 由往后第 2 个 worker 处理',
  ],
  [
    { what: 'tick', of: 'p', chosen: 1 },
    'a tick of p comes after what is due with it',
    'p 的 tick 排在同时到期的事件之后',
  ],
] as const)('a choice is said in both languages: %o', (choice, english, chinese) => {
  expect(choiceText(choice, en)).toBe(english)
  expect(choiceText(choice, zh)).toBe(chinese)
})
