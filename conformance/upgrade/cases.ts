/** Requests for an upgrade to WebSocket through a listener that allows it, and what a service makes of them. */
import { type GuestText, guest } from '../../src/sandbox/run/test-guest.ts'

export type UpgradeCase = {
  readonly name: string
  /** The service gives back what it hears, or does not switch. */
  readonly service: 'echo' | 'refuses'
  /** What the service says first, in one read with its head. */
  readonly says?: string
  /** What the client says when it has switched; then it says goodbye, and closes its side when nothing comes. */
  readonly messages?: readonly string[]
  /** What the plugin's body callbacks answer. */
  readonly returns?: { readonly request?: number; readonly response?: number }
  /** The plugin answers the request itself. */
  readonly reply?: true
}

export const upgradeCases: readonly UpgradeCase[] = [
  { name: 'messages both ways, the service closes after the goodbye', service: 'echo', messages: ['abc', 'defg'] },
  { name: 'nothing but the goodbye', service: 'echo' },
  { name: 'the service speaks first', service: 'echo', says: 'hello', messages: ['abc'] },
  { name: 'the service does not switch', service: 'refuses' },
  { name: 'the plugin answers', service: 'echo', reply: true },
  {
    name: 'the plugin holds what the client says',
    service: 'echo',
    messages: ['abc', 'defg'],
    returns: { request: 1 },
  },
  {
    name: 'the plugin holds what the service says',
    service: 'echo',
    messages: ['abc', 'defg'],
    returns: { response: 1 },
  },
]

/** Every callback with its arguments: `;` stands for a body of 11 bytes, a frame that was masked. */
export const upgradeGuest = ({ returns, reply }: UpgradeCase): string =>
  guest((g: GuestText) => ({
    request_headers: [g.log('request_headers'), g.logArgument(2), ...(reply === true ? [g.reply(403, 'no')] : [])],
    request_body: [
      g.log('request_body'),
      g.logArgument(1),
      g.logArgument(2),
      ...(returns?.request === undefined ? [] : [g.answer(returns.request)]),
    ],
    response_headers: [g.log('response_headers'), g.logArgument(2)],
    response_body: [
      g.log('response_body'),
      g.logArgument(1),
      g.logArgument(2),
      ...(returns?.response === undefined ? [] : [g.answer(returns.response)]),
    ],
    done: [g.log('done')],
    log: [g.log('log')],
    delete: [g.log('delete')],
  }))

export type UpgradeSeen = {
  /** What the plugin logged, joined. */
  readonly heard: string
  /** Status line and headers without those that vary. */
  readonly head: readonly string[]
  /** Bytes behind them. */
  readonly received: string
  /** The request's headers as the service got them, and the bytes behind them. */
  readonly served: readonly string[]
  /** Flags, details, bytes received and sent, as the access log has them. */
  readonly logged: string
}
