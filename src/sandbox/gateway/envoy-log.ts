/** Lines in the form Envoy writes them (workflows.md W34, proxy-wasm-host.md 8.10). */

import type { GatewayProfile } from '../../model/profile.ts'
import { assertNever } from '../../model/result.ts'
import type { LogLevel } from '../../model/trace.ts'

/** spdlog's word for a level: it says `warning` where proxy-wasm says warn. */
function levelWord(level: LogLevel): string {
  return level === 'warn' ? 'warning' : level
}

const order: readonly LogLevel[] = ['trace', 'debug', 'info', 'warn', 'error', 'critical']

/**
 * The source line of `Context::log` for a level. The six cases stand three lines apart; the first line of each build
 * was read off published logs (Higress 2.1: debug at 1308; Higress 2.2: warning at 1516). For upstream Envoy only the
 * older 1.2x number is known (info at 1170); readers do not rely on it.
 */
function sourceLocation(profile: GatewayProfile, level: LogLevel): string {
  const offset = 3 * order.indexOf(level)
  switch (profile) {
    case 'higress-2.1':
      return `external/envoy/source/extensions/common/wasm/context.cc:${1305 + offset}`
    case 'higress-2.2':
      return `external/envoy/source/extensions/common/wasm/context.cc:${1507 + offset}`
    case 'envoy-1.36':
    case 'envoy-1.40':
      return `source/extensions/common/wasm/context.cc:${1164 + offset}`
    default:
      return assertNever(profile)
  }
}

/** `2026-01-01 00:00:00.000` of milliseconds since 1970. */
function stamp(ms: number): string {
  return new Date(Math.floor(ms)).toISOString().replace('T', ' ').replace('Z', '')
}

export type WasmLogLine = {
  readonly profile: GatewayProfile
  /** Absolute virtual milliseconds since 1970. */
  readonly atMs: number
  /** Envoy prints the operating system's thread id; here the worker's number, from 1. */
  readonly thread?: number
  readonly level: LogLevel
  readonly message: string
  /** Stream contexts print the plugin's name, root contexts do not, the VM context prints nothing of the three. */
  readonly context: 'stream' | 'root' | 'vm'
  readonly pluginName: string
  readonly rootId: string
  readonly vmId: string
}

/** ` my_plugin my_root_id my_vm_id`: the parts that are not empty, each with a space before it. */
export function logPrefix(line: Pick<WasmLogLine, 'context' | 'pluginName' | 'rootId' | 'vmId'>): string {
  const parts =
    line.context === 'vm'
      ? []
      : line.context === 'root'
        ? [line.rootId, line.vmId]
        : [line.pluginName, line.rootId, line.vmId]
  return parts
    .filter((part) => part !== '')
    .map((part) => ` ${part}`)
    .join('')
}

/** One `proxy_log` or stdout/stderr entry. A message with several lines stays one entry, as Envoy prints it. */
export function wasmLogLine(line: WasmLogLine): string {
  const head = `[${stamp(line.atMs)}][${line.thread ?? 1}][${levelWord(line.level)}][wasm]`
  return `${head} [${sourceLocation(line.profile, line.level)}] wasm log${logPrefix(line)}: ${line.message}`
}
