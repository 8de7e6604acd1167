import { expect, test } from 'vitest'
import { byteString } from '../abi/text.ts'
import { readGrpcService } from './grpc-service.ts'

const bytes = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0))

test.each(['grpc', 'outbound|50051||grpc.static', 'greeter', '\x0a\x09\x0a', '\x07'])(
  'bytes that are no message name a cluster: %j',
  (name) => {
    expect(readGrpcService(bytes(name))).toBeUndefined()
  },
)

test('a message names a cluster, an authority and metadata', () => {
  const read = readGrpcService(bytes('\x0a\x0a\x0a\x04grpc\x12\x02ab\x2a\x06\x0a\x01k\x12\x01v'))
  expect(read).toEqual({ kind: 'envoy', cluster: 'grpc', authority: 'ab', metadata: [['k', 'v']] })
})

test.each([
  ['', 'none'],
  // Field 12, four bytes.
  ['echos', 'none'],
  ['\x12\x00', 'google'],
])('%j is a message without a cluster', (text, kind) => {
  expect(readGrpcService(bytes(text))).toMatchObject({ kind })
})

test('every short text is read without an exception', () => {
  for (let first = 0; first < 256; first++)
    for (let second = 0; second < 256; second++) {
      const read = readGrpcService(Uint8Array.of(first, second, 4, 1))
      if (read?.kind === 'envoy') expect(byteString(bytes(read.cluster))).toBe(read.cluster)
    }
})
