import { describe, expect, test } from 'vitest'
import { EnvoyHeaderMap } from '../codec/header-map.ts'
import { ScriptedChain } from './scripted-chain.ts'

const hasEnded = (log: readonly string[], at: string): boolean => log.some((l) => l.startsWith(at) && l.endsWith('end'))

describe('request through the chain (proxy-wasm-host.md 6.2)', () => {
  test('continue everywhere: each filter sees each piece, the router last', () => {
    const c = new ScriptedChain([{}, {}])
    c.headers('request', false)
    c.data('request', 'ab', false)
    c.data('request', '', true)
    expect(c.log).toEqual([
      'A.request.headers',
      'B.request.headers',
      'router.headers',
      'A.request.data(ab)',
      'B.request.data(ab)',
      'router.data(ab)',
      'A.request.data() end',
      'B.request.data() end',
      'router.data() end',
    ])
  })

  test('StopAll and continue: this filter gets all buffered data once, after the next has the headers', () => {
    const c = new ScriptedChain([{ headers: () => 'StopAllIterationAndWatermark' }, {}])
    c.headers('request', false)
    c.data('request', 'ab', false)
    c.data('request', 'cd', true)
    expect(c.log).toEqual(['A.request.headers'])
    c.continueFilter('request', 0)
    expect(c.log.slice(1)).toEqual([
      'B.request.headers',
      'router.headers',
      'A.request.data(abcd) end',
      'B.request.data(abcd) end',
      'router.data(abcd) end',
    ])
    const length = c.log.length
    c.continueFilter('request', 0)
    expect(c.log).toHaveLength(length)
  })

  test('StopIteration: the body still comes to this filter, and its Continue releases the headers', () => {
    const c = new ScriptedChain([{ headers: () => 'StopIteration' }, {}])
    c.headers('request', false)
    c.data('request', 'ab', false)
    expect(c.log).toEqual([
      'A.request.headers',
      'A.request.data(ab)',
      'B.request.headers',
      'router.headers',
      'B.request.data(ab)',
      'router.data(ab)',
    ])
  })

  test('StopIteration on a message without body holds until it is continued', () => {
    const c = new ScriptedChain([{ headers: () => 'StopIteration' }, {}])
    c.headers('request', true)
    expect(c.log).toEqual(['A.request.headers end'])
    c.continueFilter('request', 0)
    expect(c.log.slice(1)).toEqual(['B.request.headers end', 'router.headers end'])
  })

  test('body status 1 until the end, then Continue: the next filter gets one block', () => {
    const c = new ScriptedChain([{ data: (_d, _c, end) => (end ? 'Continue' : 'StopIterationAndBuffer') }, {}])
    c.headers('request', false)
    c.data('request', 'ab', false)
    c.data('request', 'cd', false)
    c.data('request', '', true)
    expect(c.log.slice(3)).toEqual([
      'A.request.data(ab)',
      'A.request.data(cd)',
      'A.request.data() end',
      'B.request.data(abcd) end',
      'router.data(abcd) end',
    ])
  })

  test('NoBuffer drops the chunks, and the end is not lost for a later continue', () => {
    const c = new ScriptedChain([{ data: () => 'StopIterationNoBuffer' }, {}])
    c.headers('request', false)
    c.data('request', 'ab', false)
    c.data('request', '', true)
    c.continueFilter('request', 0)
    expect(c.log.slice(3)).toEqual([
      'A.request.data(ab)',
      'A.request.data() end',
      'B.request.data() end',
      'router.data() end',
    ])
  })

  test('two filters stopped at once: each holds for itself', () => {
    const c = new ScriptedChain([
      { data: () => 'StopIterationAndBuffer' },
      { headers: () => 'StopAllIterationAndBuffer' },
      {},
    ])
    c.headers('request', false)
    c.data('request', 'ab', true)
    expect(c.log).toEqual(['A.request.headers', 'B.request.headers', 'A.request.data(ab) end'])
    c.continueFilter('request', 0)
    expect(c.log).toHaveLength(3)
    c.continueFilter('request', 1)
    expect(c.log.slice(3)).toEqual([
      'C.request.headers',
      'router.headers',
      'B.request.data(ab) end',
      'C.request.data(ab) end',
      'router.data(ab) end',
    ])
  })

  test('continue inside the header callback runs the next filters once', () => {
    const c: ScriptedChain = new ScriptedChain([
      {
        headers: (direction) => {
          c.continueFilter(direction, 0)
          return 'Continue'
        },
      },
      {},
    ])
    c.headers('request', true)
    expect(c.log).toEqual(['A.request.headers end', 'B.request.headers end', 'router.headers end'])
  })

  test('trailers end the body; StopAll delivers them after the continue', () => {
    const c = new ScriptedChain([{ headers: () => 'StopAllIterationAndWatermark' }, {}])
    c.headers('request', false)
    c.data('request', 'ab', false)
    c.trailers('request')
    c.continueFilter('request', 0)
    expect(c.log.slice(3)).toEqual([
      'A.request.data(ab)',
      'B.request.data(ab)',
      'router.data(ab)',
      'A.request.trailers',
      'B.request.trailers',
      'router.trailers',
    ])
  })

  test('trailers made in the last body callback: not called here, called in later filters (6.6)', () => {
    const c: ScriptedChain = new ScriptedChain([
      {
        data: (_d, _c, end) => {
          if (end) c.chain.request.trailers = new EnvoyHeaderMap('trailers', [['t', '1']])
          return 'Continue'
        },
      },
      {},
    ])
    c.headers('request', false)
    c.data('request', 'ab', true)
    expect(c.log.slice(3)).toEqual([
      'A.request.data(ab) end',
      'B.request.data(ab)',
      'router.data(ab)',
      'B.request.trailers',
      'router.trailers',
    ])
  })

  test('continue before the filter was reached does nothing', () => {
    const c = new ScriptedChain([{}])
    c.continueFilter('response', 0)
    expect(c.log).toEqual([])
  })
})

describe('local replies (6.8, envoy-observed.md d)', () => {
  test('in request headers: back through every filter of the chain, the router never asked', () => {
    const c: ScriptedChain = new ScriptedChain([
      {},
      {
        headers: (direction) => {
          if (direction === 'request') expect(c.replyWith(403, 'denied')).toBe('sent')
          return 'Continue'
        },
      },
      {},
    ])
    c.headers('request', false)
    c.data('request', 'late', true)
    expect(c.log).toEqual([
      'A.request.headers',
      'B.request.headers',
      'C.response.headers',
      'B.response.headers',
      'A.response.headers',
      'client.headers(403)',
      'C.response.data(denied) end',
      'B.response.data(denied) end',
      'A.response.data(denied) end',
      'client.data(denied) end',
    ])
  })

  test('the second reply of one callback is ignored', () => {
    const c: ScriptedChain = new ScriptedChain([
      {
        headers: (direction) => {
          if (direction === 'request') {
            c.replyWith(403)
            expect(c.replyWith(500)).toBe('ignored-second')
          }
          return 'Continue'
        },
      },
    ])
    c.headers('request', true)
    expect(c.log.at(-1)).toBe('client.headers(403) end')
  })

  test('in response headers: straight to the client, no filter sees it', () => {
    const c: ScriptedChain = new ScriptedChain([
      {},
      {
        headers: (direction) => {
          if (direction === 'response') c.replyWith(403, 'no')
          return 'Continue'
        },
      },
    ])
    c.headers('request', true)
    c.headers('response', false)
    expect(c.log.slice(3)).toEqual(['B.response.headers', 'client.headers(403)', 'client.data(no) end'])
  })

  test('after the response headers left: the stream is reset', () => {
    const c: ScriptedChain = new ScriptedChain([
      {
        data: (direction) => {
          if (direction === 'response') expect(c.replyWith(500)).toBe('stream-reset')
          return 'Continue'
        },
      },
    ])
    c.headers('request', true)
    c.headers('response', false)
    c.data('response', 'x', true)
    expect(c.log.at(-1)).toBe('reset')
    expect(hasEnded(c.log, 'client')).toBe(false)
  })
})

describe('limits (6.9)', () => {
  test('too large a request body in a buffering mode is answered 413 through the chain', () => {
    const c = new ScriptedChain([{ data: (d) => (d === 'request' ? 'StopIterationAndBuffer' : 'Continue') }], {
      request: 3,
      response: 3,
    })
    c.headers('request', false)
    c.data('request', 'abc', false)
    expect(c.chain.replied).toBe(false)
    c.data('request', 'd', false)
    expect(c.log).toContain('client.headers(413)')
  })

  test('in a watermark mode the sender is paused, and freed when the buffer flows on', () => {
    const c = new ScriptedChain([{ headers: () => 'StopAllIterationAndWatermark' }], { request: 3, response: 3 })
    c.headers('request', false)
    c.data('request', 'abcd', true)
    expect(c.log).toContain('request.sender-paused')
    c.continueFilter('request', 0)
    expect(c.log.slice(-2)).toEqual(['router.data(abcd) end', 'request.sender-free'])
  })

  test('too large a response body before the headers left is a direct 500, after they left a reset', () => {
    const held = new ScriptedChain(
      [{ headers: (d) => (d === 'response' ? 'StopAllIterationAndBuffer' : 'Continue') }],
      {
        request: 3,
        response: 3,
      },
    )
    held.headers('request', true)
    held.headers('response', false)
    held.data('response', 'abcd', false)
    expect(held.log).toContain('client.headers(500)')
    const sent = new ScriptedChain([{ data: () => 'StopIterationAndBuffer' }], { request: 3, response: 3 })
    sent.headers('request', true)
    sent.headers('response', false)
    sent.data('response', 'abcd', false)
    expect(sent.log.at(-1)).toBe('reset')
  })
})
