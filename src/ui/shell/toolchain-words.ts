import type { ToolchainState } from '../../compile-worker/toolchain-state.ts'
import type { Text } from '../text.ts'

/** Where Go's compiler stands, in one line; '' while nobody needs it. */
export function toolchainWords(t: Text, state: ToolchainState): string {
  switch (state.kind) {
    case 'idle':
      return ''
    case 'building':
      return t('ui.toolchain.building', { done: state.done + 1, total: state.total })
    case 'loading':
      return state.total === 0
        ? t('ui.toolchain.loadingSome', { received: megabytes(state.received) })
        : t('ui.toolchain.loading', { received: megabytes(state.received), total: megabytes(state.total) })
    case 'ready':
      return t('ui.toolchain.ready', { version: state.version })
    case 'absent':
      return t('ui.toolchain.absent')
  }
}

/** How much is done, from 0 to 1; undefined where that is not known or nothing is under way. */
export function toolchainProgress(state: ToolchainState): number | undefined {
  if (state.kind === 'building') return state.total === 0 ? undefined : state.done / state.total
  if (state.kind !== 'loading' || state.total === 0) return undefined
  return Math.min(1, state.received / state.total)
}

export const isOnItsWay = ({ kind }: ToolchainState): boolean => kind === 'building' || kind === 'loading'

const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1)
