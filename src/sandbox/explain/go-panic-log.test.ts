import { expect, test } from 'vitest'
import { withWholePanics } from './go-panic-log.ts'

const messages = (logs: Parameters<typeof withWholePanics>[0]) => withWholePanics(logs).map(({ message }) => message)
const error = (message: string, plugin = 'p', at = 1) => ({ plugin, level: 'error' as const, message, at })

test('the pieces of a panic that Go printed are one text, without what other goroutines did', () => {
  const pieces =
    'panic: |assignment to entry in nil map|||goroutine |1| [|running|]:|main.(*shop).set|(|...|)|\t|main.go|:|24|||goroutine |2| [|idle|]:|main.other|(|)|\t|main.go|:|9|'
  const trapped = 'Function: proxy_on_tick failed: Uncaught RuntimeError: unreachable'
  expect(
    messages([
      { plugin: 'p', level: 'info', message: 'before', at: 0 },
      ...pieces.split('|').map((piece) => error(piece)),
      error(trapped),
      error('of another', 'q'),
    ]),
  ).toEqual([
    'before',
    'panic: assignment to entry in nil map\ngoroutine 1 [running]:\nmain.(*shop).set(...)\n\tmain.go:24',
    trapped,
    'of another',
  ])
})

test('an error that only mentions a panic stays a line, and so do errors of another time', () => {
  expect(messages([error('no panic: all well'), error('panic: a'), error('later', 'p', 2)])).toEqual([
    'no panic: all well',
    'panic: a',
    'later',
  ])
})
