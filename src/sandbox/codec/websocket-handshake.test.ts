import { expect, test } from 'vitest'
import { acceptOf } from './websocket-handshake.ts'

test('the answer to a key is the one of RFC 6455, 1.3', () => {
  expect(acceptOf('dGhlIHNhbXBsZSBub25jZQ==')).toBe('s3pPLMBiTxaQ9kYGzzhZRbK+xOo=')
})
