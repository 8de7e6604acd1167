import type { ShownRun } from '../store/run.ts'
import { getApp } from '../store/store.ts'
import { currentText } from '../text.ts'
import { durationText, visibleText } from '../timeline/display-text.ts'
import { exchangeOf } from '../timeline/exchange.ts'
import { defaultScope, recordsOf, scopesOf } from '../timeline/scopes.ts'
import type { Console } from './console.ts'
import { painted, plainOutput } from './screen-text.ts'
import { runSession } from './session-run.ts'
import type { Effect } from './shell/commands.ts'
import { printTransfer, type Transfer } from './shell/curl-output.ts'
import { fullUrl } from './shell/session.ts'

/** curl: sends, follows redirects when asked to, prints what curl prints. Answers curl's exit code. */
export async function request(effect: Extract<Effect, { kind: 'request' }>, screen: Console): Promise<number> {
  let { url, command } = effect
  for (let redirects = 0; ; redirects++) {
    const failure = await runSession({ kind: 'request', url, command })
    if (failure !== undefined) {
      screen.write(`${painted('bad', failure)}\r\n`)
      return 1
    }
    const seen = transferOf(getApp().run.shown, url, command.headers)
    if (seen === undefined) return 1
    const next = command.follow && redirects < 10 ? redirectOf(seen.transfer, url) : undefined
    const printed = printTransfer(
      next === undefined
        ? command
        : { ...command, output: command.include ? '-' : '/dev/null', silent: true, writeOut: '' },
      seen.transfer,
    )
    if (next !== undefined) {
      screen.write(plainOutput(command.include ? printed.out : ''))
      const method = command.method === 'HEAD' ? 'HEAD' : 'GET'
      const headers = command.headers.filter(([name]) => !/^content-/i.test(name))
      command = { ...command, method, body: undefined, headers }
      url = next
      continue
    }
    screen.write(plainOutput(printed.error + printed.out))
    if (seen.hungBy !== undefined && command.maxTime === undefined) return sayHang(seen, screen)
    screen.write(plainOutput(printed.failure))
    return printed.code
  }
}

type Seen = { readonly transfer: Transfer; readonly hungBy: string | undefined; readonly at: number }

function sayHang(seen: Seen, screen: Console): number {
  const t = currentText()
  screen.write(`${painted('hang', t('terminal.hang', { plugin: seen.hungBy ?? '' }))}\r\n`)
  screen.write(`${painted('dim', t('terminal.hangMore', { time: durationText(seen.at) }))}\r\n`)
  return 28
}

/** What came of the last request of the run on the screen. */
function transferOf(shown: ShownRun | undefined, url: string, headers: Transfer['requestHeaders']): Seen | undefined {
  if (shown === undefined) return undefined
  const scope = defaultScope(scopesOf(shown.trace))
  if (scope === undefined) return undefined
  const records = recordsOf(shown.trace, scope)
  const exchange = exchangeOf(records)
  const hung = records.find(({ event }) => event.type === 'hung')
  const pause = records.findLast(({ event }) => event.type === 'chain.pause')
  const plugin = hung?.plugin ?? pause?.plugin
  const first = records.find(({ event }) => event.type === 'request.headers')?.at ?? 0
  const last =
    records.findLast(({ event }) => event.type.startsWith('response.') || event.type === 'stream.end')?.at ?? first
  return {
    transfer: {
      url,
      requestHeaders: headers,
      response: exchange.response,
      answerer: exchange.answerer,
      ended: exchange.ended ?? (hung === undefined ? 'complete' : 'hung'),
      milliseconds: (last - first) / 1e6,
    },
    hungBy:
      hung === undefined
        ? undefined
        : visibleText(shown.trace.plugins.find(({ index }) => index === plugin)?.name ?? ''),
    at: (hung?.at ?? first) - first,
  }
}

function redirectOf({ response }: Transfer, url: string): string | undefined {
  const status = Number(response?.headers.find(([name]) => name === ':status')?.[1] ?? 0)
  const location = response?.headers.find(([name]) => name.toLowerCase() === 'location')?.[1]
  if (status < 300 || status >= 400 || location === undefined) return undefined
  try {
    return new URL(location, fullUrl(url)).href
  } catch {
    // A location that is no address is not followed; the response itself is shown.
    return undefined
  }
}
