import { RootContext } from '../core/context'
import { currentContextId, rootOf, streamOf } from '../core/registry'
import { HttpContext } from './http-context'

/** The request whose callback is running, or a stand-in without a stream if it is none (a tick). */
export function callingContext(): HttpContext {
  const id = currentContextId()
  const stream = streamOf(id)
  if (stream !== null && stream instanceof HttpContext) return stream as HttpContext
  const root = rootOf(id)
  return new HttpContext(id, root === null ? new RootContext(id, '') : root)
}
