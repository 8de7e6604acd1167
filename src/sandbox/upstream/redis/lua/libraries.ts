/** Puts what scripts find into their globals. */
import { libraryFunction } from './arguments.ts'
import { baseLibrary } from './base-library.ts'
import { bytesAStep } from './evaluator.ts'
import type { Interpreter } from './interpreter.ts'
import { LuaError, LuaFunction, type LuaTable, type LuaValue } from './value.ts'

const workOf = (values: readonly LuaValue[]): number => {
  let bytes = 0
  for (const value of values) if (typeof value === 'string') bytes += value.length
  return bytes / bytesAStep
}

/** A library's complaint gets the place in the script where it was called. */
export function placed(interpreter: Interpreter, fn: LuaFunction): LuaFunction {
  return new LuaFunction(fn.name, (args) => {
    const { line } = interpreter
    try {
      interpreter.pay(workOf(args))
      const results = fn.call(args)
      interpreter.pay(workOf(results) + results.length / 16)
      return results
    } catch (error) {
      if (error instanceof LuaError && typeof error.value === 'string' && !error.value.startsWith('user_script:')) {
        throw interpreter.fault(error.value, line)
      }
      throw error
    }
  })
}

/** Every global of a script but `redis`, `KEYS` and `ARGV`. */
export function install(interpreter: Interpreter, libraries: Readonly<Record<string, LuaTable>>): void {
  const { globals } = interpreter
  for (const [name, run] of Object.entries(baseLibrary(interpreter))) {
    const fn = libraryFunction(name, run)
    globals.set(name, name === 'pcall' || name === 'xpcall' || name === 'error' ? fn : placed(interpreter, fn))
  }
  for (const [name, table] of Object.entries(libraries)) globals.set(name, table)
  globals.set('_G', globals)
  globals.set('_VERSION', 'Lua 5.1')
}
