/** CEL expressions of a root context (proxy-wasm-host.md 2.11): tokens count from 0 and are never used again. */

import { Status } from '../../abi/status.ts'
import { utf8 } from '../../abi/text.ts'
import { atLimit, bounds } from '../bounds.ts'
import type { HostCall, RootState } from '../call.ts'
import { compileCel } from './cel.ts'
import { done, type ForeignFunction, refused } from './foreign-function.ts'

export const exprCreate: ForeignFunction = (call, argument) => {
  const root = call.current.root
  if ((root?.expressions?.programs.length ?? 0) >= bounds.expressions) return { status: atLimit(call, 'expressions') }
  const program = compileCel(utf8(argument))
  if (program === 'unparsable' || root === undefined)
    return refused(call, Status.BadArgument, 'the text is no CEL expression')
  const { programs } = expressionsOf(root)
  // One that calls an unknown function takes a token all the same.
  programs.push(program === 'unbuildable' ? undefined : program)
  if (program === 'unbuildable') return refused(call, Status.BadArgument, 'the expression calls an unknown function')
  return { status: Status.Ok, result: tokenBytes(programs.length - 1) }
}

export const exprEvaluate: ForeignFunction = (call, argument) => {
  const token = tokenOf(argument)
  if (token === undefined) return refused(call, Status.BadArgument, 'the argument must be a token of four bytes')
  const program = call.current.root?.expressions?.programs[token]
  if (program === undefined) return refused(call, Status.NotFound, { code: 'unknown-name', name: `token ${token}` })
  const result = program.evaluate((path) => readAttribute(call, path))
  if ('value' in result) return { status: Status.Ok, result: result.value }
  return refused(call, result.failed === 'type' ? Status.SerializationFailure : Status.InternalFailure, result.detail)
}

export const exprDelete: ForeignFunction = (call, argument) => {
  const token = tokenOf(argument)
  if (token === undefined) return refused(call, Status.BadArgument, 'the argument must be a token of four bytes')
  const programs = call.current.root?.expressions?.programs
  if (programs?.[token] !== undefined) programs[token] = undefined
  return done
}

const readAttribute = (call: HostCall, path: readonly string[]) =>
  call.current.host?.attribute(path) ?? { kind: 'missing' as const }

function expressionsOf(root: RootState): NonNullable<RootState['expressions']> {
  root.expressions ??= { programs: [] }
  return root.expressions
}

function tokenOf(argument: Uint8Array): number | undefined {
  if (argument.length !== 4) return undefined
  return new DataView(argument.buffer, argument.byteOffset, 4).getUint32(0, true)
}

function tokenBytes(token: number): Uint8Array {
  const bytes = new Uint8Array(4)
  new DataView(bytes.buffer).setUint32(0, token, true)
  return bytes
}
