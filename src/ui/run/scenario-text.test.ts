import { expect, test } from 'vitest'
import { emptyDraft, readSteps, scenarioOf, writeRequest } from './scenario-text.ts'

const text = `name: two
steps:
  - request: { url: http://127.0.0.1:10000/get } # the first
    expect: { status: 200 }
  - advance: 60s
  - request:
      method: POST
      url: http://example.com/post?a=1
      headers: [[x-key, a], [x-key, b]]
      body: '{"a":1}'
      chunks: [3, { size: 4, after: 10ms }]
      protocol: h2
`

test('steps are listed with what tells them apart', () => {
  expect(readSteps(text).map(({ kind, label }) => `${kind} ${label}`)).toEqual([
    'request GET /get',
    'advance 60s',
    'request POST /post?a=1',
  ])
  expect(readSteps(text)[2]?.draft).toEqual({
    method: 'POST',
    url: 'http://example.com/post?a=1',
    headers: [
      ['x-key', 'a'],
      ['x-key', 'b'],
    ],
    body: '{"a":1}',
    chunks: [
      { size: 3, after: '' },
      { size: 4, after: '10ms' },
    ],
    protocol: 'h2',
  })
})

test('headers written as a map keep their order, and lists give duplicates', () => {
  const map = `steps: [{ request: { url: http://a/, headers: { b: 1, a: [x, y] } } }]`
  expect(readSteps(map)[0]?.draft?.headers).toEqual([
    ['b', '1'],
    ['a', 'x'],
    ['a', 'y'],
  ])
})

test('an edit changes the request and nothing else', () => {
  const draft = { ...emptyDraft, method: 'PUT', url: 'http://127.0.0.1:10000/put', headers: [['x', '1']] as const }
  const after = writeRequest(text, 0, draft)
  expect(readSteps(after)[0]?.draft).toEqual(draft)
  expect(readSteps(after).slice(1)).toEqual(readSteps(text).slice(1))
  expect(after).toContain('expect: { status: 200 }')
})

test('what is written reads back the same', () => {
  for (const draft of readSteps(text).flatMap((step) => step.draft ?? [])) {
    expect(readSteps(scenarioOf('x: "y"', [emptyDraft, draft]))[1]?.draft).toEqual(draft)
  }
})

test('an odd name or body cannot break out of its string', () => {
  const draft = { ...emptyDraft, body: '"\n- a: &x [*x]\n', headers: [['a: b', '#c']] as const }
  expect(readSteps(scenarioOf('a\nsteps: 1', [draft]))[0]?.draft).toEqual(draft)
})

test('text that is no scenario has no steps', () => {
  for (const broken of ['', '[', 'steps: 1', 'steps: [1, [2]]: x']) expect(Array.isArray(readSteps(broken))).toBe(true)
  expect(readSteps('steps: 1')).toEqual([])
})

test('messages of a WebSocket are edited in the file', () => {
  const [step] = readSteps('steps:\n- request: { url: "http://a/", messages: [hello] }\n')
  expect(step).toMatchObject({ kind: 'request', draft: undefined })
})

test('a body that is not plain text is edited in the file', () => {
  expect(readSteps('steps: [{ request: { url: http://a/, body: { json: 1 } } }]')[0]?.draft).toBeUndefined()
})
