/**
 * The engine counts steps of the handler's own code only: one call of `fill` or `sort` is one step, however long it takes.
 * JavaScript that QuickJS runs before the handler: each of these functions pays for what it walks over first, and `work`
 * throws when a call of the handler has had its share. What an operator does (`+` of long strings) pays nothing.
 */
export const workScript = `(() => {
  'use strict'
  const share = 40000000
  let left = share
  const Stopped = InternalError
  const { stop } = host
  const pay = (units) => {
    left -= units
    if (left >= 0) return
    stop()
    throw new Stopped('interrupted')
  }
  const { apply, construct } = Reflect
  const cap = (value) => (value > 0 ? Math.min(Number(value), 1e9) : 0)
  const paying = (owner, names, price) => {
    for (const name of names) {
      const own = owner[name]
      if (typeof own !== 'function') continue
      const { [name]: paid } = { [name](...given) { pay(price(this, given)); return apply(own, this, given) } }
      Object.defineProperty(owner, name, { value: paid, writable: true, configurable: true })
    }
  }
  const length = (value) => cap(value?.length)
  const walk = 'concat copyWithin flat includes indexOf join lastIndexOf reverse shift slice splice toReversed toSpliced toString unshift with'.split(' ')
  const held = (self, given) => 8 * (length(self) + given.reduce((sum, one) => sum + length(one), 0))
  paying(Array.prototype, [...walk, Symbol.iterator], held)
  paying(Array.prototype, ['fill', 'sort', 'toSorted'], (self) => 20 * length(self))
  paying(Array, ['from', 'of'], (self, [source]) => 8 * length(source))
  const typed = Object.getPrototypeOf(Uint8Array)
  paying(typed.prototype, [...walk, 'fill', 'set', 'subarray', Symbol.iterator], (self, [source]) => length(self) + length(source))
  paying(typed.prototype, ['sort', 'toSorted'], (self) => 20 * length(self))
  const texts = 'concat endsWith includes indexOf lastIndexOf match matchAll normalize replace replaceAll search slice startsWith substring toLowerCase toUpperCase trim'.split(' ')
  paying(String.prototype, texts, (self) => length(self) / 8)
  paying(String.prototype, ['split', Symbol.iterator], (self) => 8 * length(self))
  paying(String.prototype, ['repeat'], (self, [times]) => length(self) * cap(times))
  paying(String.prototype, ['padStart', 'padEnd'], (self, [wanted]) => cap(wanted))
  paying(JSON, ['parse'], (self, [text]) => length(text))
  paying(Object, ['keys', 'values', 'entries', 'assign', 'fromEntries'], (self, given) => given.reduce((sum, one) => sum + 8 * length(one), 8))
  for (const name of ['Array', 'ArrayBuffer', 'Uint8Array', 'Int8Array', 'Uint8ClampedArray', 'Uint16Array', 'Int16Array', 'Uint32Array', 'Int32Array', 'Float32Array', 'Float64Array']) {
    const Own = globalThis[name]
    const price = ([first]) => (typeof first === 'number' ? cap(first) : length(first))
    globalThis[name] = new Proxy(Own, {
      construct: (target, given, asked) => { pay(price(given)); return construct(target, given, asked) },
      apply: (target, self, given) => { pay(price(given)); return apply(target, self, given) },
    })
    Own.prototype.constructor = globalThis[name]
  }
  return () => { left = share }
})()`
