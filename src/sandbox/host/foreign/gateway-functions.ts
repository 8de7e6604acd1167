import { Status } from '../../abi/status.ts'
import { logLevelNumber } from '../log-level.ts'
import { done, type ForeignFunction, refused } from './foreign-function.ts'

/** Ok also where there is no stream; nothing happens then (seen on Envoy 1.36 and 1.40). */
export const clearRouteCache: ForeignFunction = (call) => {
  call.current.host?.clearRouteCache()
  return done
}

/** Exactly four bytes: wasm-go indexes the fourth and panics on fewer (higress.md 1.1, row 6). */
export const getLogLevel: ForeignFunction = (call) => ({
  status: Status.Ok,
  result: new Uint8Array([logLevelNumber(call.vm.environment.logLevel), 0, 0, 0]),
})

/** Takes 8 bytes; how many requests one pass of the event loop serves has no effect on a virtual clock. */
export const setMaxRequests: ForeignFunction = (call, argument) =>
  argument.length === 8 ? done : refused(call, Status.BadArgument, 'the argument must be 8 bytes')
