import { type GoPanic, joinGoPieces, parseGoPanic, placeOf } from '../go-panic.ts'
import { goName } from '../go-symbol.ts'
import { finding, type Rule } from '../rule.ts'
import type { RecordOf, RunFacts } from '../run-facts.ts'

/**
 * The guest trapped. Names its functions; with a source map the words also name file and line (`describeFinding`). Of a Go
 * plugin the printed panic tells more than the trap: it has the message and the lines.
 */
export const trap: Rule = {
  id: 'trap',
  variants: [
    'stack-overflow',
    'out-of-memory',
    'restricted-callback',
    'host-abort',
    'go-panic',
    'go-fatal',
    'go-not-registered',
  ],
  find: (run) =>
    run.of('trap').map((record) => {
      const { callback, kind, message, frames } = record.event
      const panic = printedPanic(run, record)
      const special = trap.variants?.includes(kind) === true
      const params = {
        kind,
        message,
        frames: frames.map(({ name }) => goName(name, panic)),
        offsets: frames.map(({ offset }) => String(offset)),
        function: frames[0]?.name ?? '',
        ...(special ? { variant: kind } : {}),
        ...(panic === undefined ? {} : { variant: variantOf(panic, callback), ...goPlace(panic) }),
      }
      return finding(run, 'trap', 'problem', record, params, callback)
    }),
}

/** Message, function, file and line of a panic, as parameters of a finding. */
export function goPlace(panic: GoPanic) {
  const place = placeOf(panic)
  const shown = place === undefined ? {} : { function: place.function, file: place.file, line: place.line }
  return { message: panic.message, function: '', ...shown }
}

function variantOf(panic: GoPanic, callback: string): string {
  if (registeredNothing(panic, callback)) return 'go-not-registered'
  return panic.kind === 'fatal' ? 'go-fatal' : 'go-panic'
}

/**
 * Ours says so (`proxyground.dev/abi/guest`). The real SDKs, in modules built elsewhere, use the VM context that is not
 * there as soon as the first context is created; a nil pointer of the plugin would have its own frame first.
 */
function registeredNothing({ message, frames }: GoPanic, callback: string): boolean {
  if (message.startsWith('no VMContext is registered')) return true
  const inSdk = /\/proxy-wasm-go-sdk\/proxywasm\/internal$/.test(frames[0]?.package ?? '')
  return inSdk && callback === 'proxy_on_context_create' && message.endsWith('nil pointer dereference')
}

/** What the guest wrote on stderr in the same entry, from the last line that starts a panic. */
function printedPanic(run: RunFacts, trapped: RecordOf<'trap'>): GoPanic | undefined {
  const around = run.entryOf(trapped)?.inside ?? run.records
  const pieces = around.flatMap(({ seq, plugin, event }) =>
    seq < trapped.seq && plugin === trapped.plugin && event.type === 'log' && event.via === 'stderr'
      ? [event.message]
      : [],
  )
  const start = pieces.findLastIndex((piece) => /^(?:panic|fatal error): /.test(piece))
  return start < 0 ? undefined : parseGoPanic(joinGoPieces(pieces.slice(start)))
}
