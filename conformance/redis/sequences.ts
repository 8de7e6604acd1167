/** Sequences that random ones hardly meet, or once found wrong. */
import type { Words } from './commands.ts'

const line = (text: string): Words => text.split(' ')
const lines = (text: string): readonly Words[] =>
  text
    .trim()
    .split('\n')
    .map((each) => line(each.trim()))

const longStream: readonly Words[] = Array.from({ length: 250 }, (_, at) => ['xadd', 's', `${at + 1}-1`, 'f', 'v'])

export const sequences: readonly (readonly [name: string, commands: readonly Words[]])[] = [
  ['a rough trim takes a node as a whole, the last one too', lines('xadd a 1-1 f v\nxtrim a maxlen ~ 0\nxlen a')],
  [
    'a rough trim of a stream of three nodes',
    [
      ...longStream,
      ...lines(`xtrim s maxlen ~ 200
        xtrim s maxlen ~ 150
        xdel s 101-1 102-1
        xtrim s minid ~ 200
        xtrim s minid ~ 201
        xlen s
        xrange s - + count 1
        xadd s maxlen ~ 10 300-1 f v
        xtrim s minid ~ 999
        xlen s`),
    ],
  ],
  [
    'the limit of a rough trim',
    [
      ...longStream,
      ...lines(`xtrim s maxlen ~ 0 limit 99
        xtrim s maxlen ~ 0 limit 100
        xlen s
        xtrim s maxlen ~ 0 limit 0
        xlen s`),
    ],
  ],
  [
    'deleted entries count for the size of a node',
    [...longStream.slice(0, 100), ...lines('xdel s 2-1 3-1 4-1\nxadd s 300-1 f v\nxtrim s maxlen ~ 1\nxlen s')],
  ],
]
