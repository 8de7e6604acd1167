import { expect, test } from 'vitest'
import { brief, explained, type Row } from './testing/explained.ts'
import { enumArg, number, TraceBuilder } from './testing/trace-builder.ts'

const handed = (size: number, inside: (trace: TraceBuilder) => unknown = () => undefined) =>
  new TraceBuilder().inStream(undefined).callback('proxy_on_configure', configure(size), 1, undefined, (trace) => {
    inside(trace)
  })
const configure = (size: number) => [number('root', 1), number('configuration_size', size)]
const buffer = (type: number) => ({ args: [enumArg('type', type, '')] })
const unread = ['configuration-unread note proxy_on_configure']

test.each<Row>([
  ['nobody asks for it', handed(20), unread],
  ['there is none', handed(0), []],
  ['it is read', handed(20, (trace) => trace.call('proxy_get_buffer_bytes', buffer(7))), []],
  ['its size is asked for', handed(20, (trace) => trace.call('proxy_get_buffer_status', buffer(7))), []],
  ['it is read by the call of 0.1.0', handed(20, (trace) => trace.call('proxy_get_configuration')), []],
  ['another buffer is read', handed(20, (trace) => trace.call('proxy_get_buffer_bytes', buffer(6))), unread],
  ['in several workers, told once', handed(20).callback('proxy_on_configure', configure(20), 1), unread],
  [
    'another plugin reads its own',
    handed(20).callback(
      'proxy_on_configure',
      configure(5),
      1,
      undefined,
      (trace) => {
        trace.call('proxy_get_buffer_bytes', buffer(7))
      },
      1,
    ),
    unread,
  ],
])('a configuration: %s', (_name, trace, expected) => {
  expect(brief(explained(trace))).toEqual(expected)
})
