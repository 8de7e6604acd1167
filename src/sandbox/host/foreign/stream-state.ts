/** `declare_property` and `set_envoy_filter_state` (proxy-wasm-host.md 2.11, 5.3). */

import { Status } from '../../abi/status.ts'
import { byteString } from '../../abi/text.ts'
import { atLimit, bounds } from '../bounds.ts'
import type { Declarations } from '../call.ts'
import { makeEnvoyObject } from './envoy-objects.ts'
import { done, type ForeignFunction, refused } from './foreign-function.ts'
import { bytesField, numberField, readMessage } from './message.ts'

const stringType = 1

/**
 * Declares for the context that calls; streams go by what their root has declared, so that a declaration made in a stream has
 * no effect (seen on Envoy 1.36 and 1.40).
 */
export const declareProperty: ForeignFunction = (call, argument) => {
  const fields = readMessage(argument)
  const { current } = call
  if (fields === undefined) return refused(call, Status.BadArgument, 'no DeclarePropertyArguments message')
  const name = byteString(bytesField(fields, 1))
  const holder = current.kind === 'root' ? (current.root ?? current) : current
  const declared: Declarations = holder.declared ?? new Map()
  holder.declared = declared
  if (declared.has(name)) return refused(call, Status.BadArgument, `${name} is declared already`)
  if (declared.size >= bounds.properties) return { status: atLimit(call, 'properties') }
  declared.set(name, { readOnly: numberField(fields, 2) !== 0n, text: numberField(fields, 3) === BigInt(stringType) })
  return done
}

export const setEnvoyFilterState: ForeignFunction = (call, argument) => {
  const fields = readMessage(argument)
  if (fields === undefined) return refused(call, Status.BadArgument, 'no SetEnvoyFilterStateArguments message')
  const name = byteString(bytesField(fields, 1))
  const made = makeEnvoyObject(call.vm.environment.profile, name, byteString(bytesField(fields, 2)))
  if (made === 'no-factory') return refused(call, Status.NotFound, { code: 'unknown-name', name })
  if (made === 'refused') return refused(call, Status.BadArgument, `${name} cannot be made of this text`)
  if (call.current.host?.setFilterObject(name, made) === true) return done
  return refused(call, Status.BadArgument, { code: 'no-stream' })
}
