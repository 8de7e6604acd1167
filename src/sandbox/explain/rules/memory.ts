import { finding, type Rule } from '../rule.ts'

/** A pointer outside the guest's memory, or an allocator that failed (proxy-wasm-host.md 2.0). */
export const badMemory: Rule = {
  id: 'bad-memory',
  variants: ['pointer', 'allocator'],
  find: (run) =>
    run.of('host.call').flatMap((record) => {
      const { reason, fn } = record.event
      if (reason?.code === 'out-of-bounds') {
        const { argument, pointer, size } = reason
        return [finding(run, 'bad-memory', 'problem', record, { variant: 'pointer', fn, argument, pointer, size })]
      }
      if (reason?.code !== 'allocator') return []
      return [finding(run, 'bad-memory', 'problem', record, { variant: 'allocator', fn, detail: reason.detail })]
    }),
}

/** Pairs that cannot be parsed count as an empty list, and the call still answers Ok (proxy-wasm-host.md 5.1). */
export const unparsablePairs: Rule = {
  id: 'unparsable-pairs',
  find: (run) =>
    run
      .of('host.call')
      .filter(({ event }) => event.reason?.code === 'unparsable-pairs' && event.fn !== 'proxy_http_call')
      .map((record) => finding(run, 'unparsable-pairs', 'problem', record, { fn: record.event.fn })),
}
