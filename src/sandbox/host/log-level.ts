import { logLevelNames } from '../abi/enums.ts'
import type { VmEnvironment } from '../vm/seam.ts'

/** 0 trace … 5 critical, 6 off. */
export function logLevelNumber(level: VmEnvironment['logLevel']): number {
  return level === 'off' ? logLevelNames.length : logLevelNames.indexOf(level)
}
