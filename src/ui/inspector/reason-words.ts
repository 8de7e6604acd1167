import { assertNever } from '../../model/result.ts'
import type { CallReason } from '../../model/trace.ts'
import type { Text } from '../../text/text.ts'
import { visibleText } from '../timeline/display-text.ts'

/** Why a host call was refused, as far as the host knows. */
export function reasonWords(t: Text, reason: CallReason): string {
  switch (reason.code) {
    case 'unknown-cluster':
      return t('run.reason.unknownCluster', {
        cluster: visibleText(reason.cluster),
        known: reason.known.map((name) => visibleText(name)).join(', ') || '–',
      })
    case 'missing-pseudo-header':
      return t('run.reason.missingHeader', { header: visibleText(reason.header) })
    case 'unparsable-pairs':
      return t('run.reason.pairs')
    case 'timeout-too-large':
      return t('run.reason.timeout', { value: reason.value })
    case 'map-unavailable':
      return t('run.reason.mapUnavailable', { map: reason.map, phase: reason.phase })
    case 'map-read-only':
      return t('run.reason.mapReadOnly', { map: reason.map })
    case 'buffer-unavailable':
      return t('run.reason.bufferUnavailable', { buffer: reason.buffer, phase: reason.phase })
    case 'buffer-read-only':
      return t('run.reason.bufferReadOnly', { buffer: reason.buffer })
    case 'splice-in-the-middle':
      return t('run.reason.splice', { start: reason.start, length: reason.length })
    case 'enum-out-of-range':
      return t('run.reason.range', { argument: reason.argument, value: reason.value, max: reason.max })
    case 'out-of-bounds':
      return t('run.reason.bounds', { argument: reason.argument, pointer: reason.pointer, size: reason.size })
    case 'allocator':
      return t(`run.reason.allocator.${reason.detail}`)
    case 'redis-not-initialised':
      return t('run.reason.redisNotInitialised', { cluster: visibleText(reason.cluster) })
    case 'not-implemented':
      return t('run.reason.notImplemented')
    case 'no-stream':
      return t('run.reason.noStream')
    case 'unknown-context':
      return t('run.reason.unknownContext', { id: reason.id })
    case 'unknown-property':
      return t('run.reason.unknownProperty', { path: visibleText(reason.path) })
    case 'unknown-name':
      return t('run.reason.unknownName', { name: visibleText(reason.name) })
    case 'unknown-token':
      return t('run.reason.unknownToken', { token: reason.token })
    case 'grpc-no-target':
      return t('run.reason.grpcNoTarget')
    case 'gone-body':
      return t('run.reason.goneBody')
    case 'limit':
      return t(`run.reason.limit.${reason.what}`, { most: reason.most })
    case 'restricted-during-start':
      return t('run.reason.restricted')
    case 'other':
      return visibleText(reason.detail)
    default:
      return assertNever(reason)
  }
}

/** The argument that was wrong, to be underlined in place. */
export function wrongArgument(reason: CallReason | undefined): RegExp | undefined {
  switch (reason?.code) {
    case 'unknown-cluster':
    case 'redis-not-initialised':
      return /cluster|upstream/i
    case 'grpc-no-target':
      return /service/i
    case 'missing-pseudo-header':
    case 'unparsable-pairs':
      return /headers|pairs/i
    case 'timeout-too-large':
      return /timeout/i
    case 'map-unavailable':
    case 'map-read-only':
      return /^(map|type)/i
    case 'buffer-unavailable':
    case 'buffer-read-only':
      return /buffer|type/i
    case 'splice-in-the-middle':
      return /^start/i
    case 'unknown-property':
      return /path/i
    case 'unknown-name':
      return /name/i
    case 'unknown-context':
      return /^(id|context)/i
    case 'enum-out-of-range':
    case 'out-of-bounds':
      return new RegExp(`^${reason.argument.replace(/[^\w]/g, '.')}$`, 'i')
    default:
      return undefined
  }
}
