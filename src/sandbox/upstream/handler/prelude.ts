/**
 * What a handler finds around it, as JavaScript that QuickJS runs first: our clock and chance in the place of the engine's,
 * a console, and words for what is not there. `host` functions take and give strings only.
 */
export const prelude = `(() => {
  'use strict'
  let now = 0
  const RealDate = Date
  globalThis.Date = class Date extends RealDate {
    constructor(...given) {
      if (given.length === 0) super(now)
      else super(...given)
    }
    static now() {
      return now
    }
  }
  Math.random = () => Number(host.random())
  const show = (value) => (typeof value === 'string' ? value : value instanceof Error ? String(value) : JSON.stringify(value))
  const say = (level) => (...values) => host.log(level, values.map(show).join(' '))
  globalThis.console = { debug: say('debug'), log: say('info'), info: say('info'), warn: say('warn'), error: say('error') }
  const missing = {
    fetch: 'the network', XMLHttpRequest: 'the network', WebSocket: 'the network', setTimeout: 'timers (use delay in the answer)',
    setInterval: 'timers (use delay in the answer)', require: 'modules', process: 'the process', navigator: 'a browser',
  }
  for (const [name, what] of Object.entries(missing)) {
    const refuse = () => { throw new ReferenceError(name + ' is not there: a handler has no access to ' + what) }
    Object.defineProperty(globalThis, name, { get: refuse })
  }
  const bytesOf = (text) => Uint8Array.from(text, (char) => char.charCodeAt(0))
  const textOf = (bytes) => Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')
  const body = (value) => {
    if (value === undefined || value === null) return undefined
    if (typeof value === 'string') return { text: value }
    if (value instanceof Uint8Array) return { latin1: textOf(value) }
    return { text: JSON.stringify(value) }
  }
  const pairs = (headers) => (headers === undefined ? undefined : Array.isArray(headers) ? headers : Object.entries(headers))
  const state = {}
  return (handler, json) => {
    if (typeof handler !== 'function') throw new TypeError('the file has no default export that is a function')
    const { latin1, at, ...given } = JSON.parse(json)
    now = at
    const request = {
      ...given,
      get bytes() { return bytesOf(latin1) },
      header: (name) => given.headers.find(([key]) => key === name.toLowerCase())?.[1],
      json: () => JSON.parse(given.body),
    }
    const answer = handler(request, state)
    if (typeof answer?.then === 'function') throw new TypeError('a handler answers at once: it cannot be async')
    if (typeof answer !== 'object' || answer === null) throw new TypeError('a handler answers with an object such as { status: 200, body: "ok" }, not ' + (answer === null ? 'null' : typeof answer))
    return JSON.stringify({
      ...answer,
      headers: pairs(answer.headers),
      trailers: pairs(answer.trailers),
      body: body(answer.body),
      chunks: answer.chunks?.map((chunk) => ({ ...chunk, data: body(chunk.data) })),
    })
  }
})()`
