import { expect, test } from 'vitest'
import { redisCommandText, redisReplyText, redisWords } from './redis-text.ts'

test.each([
  ['+OK\r\n', 'OK'],
  ['-ERR no\r\n', '(error) ERR no'],
  [':12\r\n', '(integer) 12'],
  ['$3\r\na"b\r\n', '"a\\"b"'],
  ['$2\r\n\xc3\xa9\r\n', '"\\xc3\\xa9"'],
  ['$-1\r\n', '(nil)'],
  ['*-1\r\n', '(nil)'],
  ['*0\r\n', '(empty array)'],
  ['*2\r\n$1\r\na\r\n*2\r\n:1\r\n$-1\r\n', '1) "a"\n2) 1) (integer) 1\n   2) (nil)'],
  ['_\r\n', '(nil)'],
  [',1.5\r\n', '(double) 1.5'],
  ['~2\r\n$1\r\na\r\n:1\r\n', '1~ "a"\n2~ (integer) 1'],
  ['%1\r\n$1\r\nf\r\n*1\r\n$1\r\nv\r\n', '1# "f" => 1) "v"'],
  ['%0\r\n', '(empty hash)'],
  ['=6\r\ntxt:ab\r\n', '"ab"'],
  ['HTTP/1.1 400', '"HTTP/1.1 400"'],
])('an answer is printed as redis-cli does: %j', (reply, shown) => {
  expect(redisReplyText(reply)).toBe(shown)
})

test('a command is read from its bytes and written on one line', () => {
  expect(redisWords('*3\r\n$3\r\nset\r\n$1\r\na\r\n$3\r\nb c\r\n')).toEqual(['set', 'a', 'b c'])
  expect(redisCommandText(['set', 'a', 'b c', '', "it's"])).toBe('set a "b c" "" "it\'s"')
})

test.each(['', 'ping\r\n', '*2\r\n$1\r\na\r\n', '*1\r\n:1\r\n', '*x\r\n'])(
  'what is no command has no words: %j',
  (bytes) => {
    expect(redisWords(bytes)).toBeUndefined()
  },
)
