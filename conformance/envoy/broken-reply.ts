import type { FaultOf } from '../observed.ts'

/** What leaves the real service instead of `head` and `body` (as they are on the wire) when it has this fault. */
export function brokenReply(pieces: readonly string[], fault: FaultOf | undefined): readonly string[] | 'close' {
  if (fault === undefined) return pieces
  const { afterBytes } = fault
  const inBody = fault.at === 'body' || afterBytes !== undefined
  const [first = ''] = pieces
  const cut = first.indexOf('\r\n\r\n') + 4
  const [head, body] = [first.slice(0, cut), [first.slice(cut), ...pieces.slice(1)]]
  switch (fault.kind) {
    case 'reset':
      return inBody ? [...beginningOf(head, body, afterBytes ?? 0), 'reset'] : ['reset']
    case 'timeout':
      return inBody ? beginningOf(head, body, afterBytes ?? 0) : []
    case 'truncate':
      return [...beginningOf(head, body, afterBytes ?? 0), 'close']
    case 'status':
      return [`HTTP/1.1 ${fault.status ?? 503} X\r\ncontent-length: 0\r\n\r\n`]
    case 'slow': {
      const all = body.join('')
      const size = fault.bytes ?? all.length
      const parts = Array.from({ length: Math.ceil(all.length / size) }, (_, at) =>
        all.slice(at * size, (at + 1) * size),
      )
      return [head, ...parts]
    }
    case 'length':
      return [head.replace(/content-length: \d+/, `content-length: ${fault.bytes}`) + body.join('')]
    default:
      return pieces
  }
}

/** So many bytes of content: in one piece with the head, or of a chunked body its chunks one by one, the last one cut. */
function beginningOf(head: string, body: readonly string[], bytes: number): readonly string[] {
  if (!/^[0-9a-f]+\r\n/.test(body.join(''))) return [head + body.join('').slice(0, bytes)]
  let left = bytes
  const sent = [head]
  for (const [, size = '0', content = ''] of body.join('').matchAll(/([0-9a-f]+)\r\n([^\r]*)\r\n/g)) {
    if (left <= 0 || size === '0') break
    sent.push(content.length <= left ? `${size}\r\n${content}\r\n` : `${size}\r\n${content.slice(0, left)}`)
    left -= content.length
  }
  return sent
}
