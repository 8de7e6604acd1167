/** Scripts of EVAL: Lua with `redis.call`, answers translated both ways (Redis 7.0). */
import { sha1 } from '@noble/hashes/legacy.js'
import type { Call, Command } from './command.ts'
import { type Arguments, libraryFunction, libraryTable } from './lua/arguments.ts'
import type { Block } from './lua/ast.ts'
import { cjsonLibrary, jsonNull } from './lua/cjson.ts'
import { Interpreter } from './lua/interpreter.ts'
import { install, placed } from './lua/libraries.ts'
import { mathLibrary } from './lua/math-library.ts'
import { parse } from './lua/parser.ts'
import { stringLibrary } from './lua/string-library.ts'
import { tableLibrary } from './lua/table-library.ts'
import { LuaError, LuaFunction, LuaTable, type LuaValue, toText, typeOf } from './lua/value.ts'
import { formatDouble } from './numbers.ts'
import { array, bulk, error, integer, nothing, plainReply, type Reply, status } from './reply.ts'

/** Hexadecimal SHA-1 of a byte string: the name of a script. */
export function scriptName(source: string): string {
  const digest = sha1(Uint8Array.from(source, (char) => char.charCodeAt(0)))
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** The parsed script, or the error of the compiler. */
export function compileScript(source: string): { readonly block: Block } | { readonly error: Reply } {
  try {
    return { block: parse(source) }
  } catch (thrown) {
    if (!(thrown instanceof LuaError)) throw thrown
    return { error: error(`ERR Error compiling script (new function): ${String(thrown.value)}`) }
  }
}

export function runScript(
  call: Call,
  script: { readonly block: Block; readonly name: string },
  keys: readonly string[],
  args: readonly string[],
): Reply {
  const globals = new LuaTable()
  const interpreter = new Interpreter(globals)
  install(interpreter, {
    string: libraryTable(placedLibrary(interpreter, stringLibrary(interpreter))),
    table: libraryTable(placedLibrary(interpreter, tableLibrary(interpreter))),
    math: libraryTable(placedLibrary(interpreter, mathLibrary(call.server.scriptRandom)), {
      pi: Math.PI,
      huge: Number.POSITIVE_INFINITY,
    }),
    os: libraryTable({ clock: () => 0 }),
    cjson: libraryTable(placedLibrary(interpreter, cjsonLibrary), { null: jsonNull }),
    redis: redisTable(call, interpreter),
  })
  globals.set('KEYS', LuaTable.from(keys))
  globals.set('ARGV', LuaTable.from(args))
  protect(interpreter)
  try {
    return replyOf(interpreter.run(script.block)[0])
  } catch (thrown) {
    if (!(thrown instanceof LuaError)) throw thrown
    if (interpreter.killed) call.server.told(killedNote(script.name, interpreter.line))
    return failure(thrown.value, script.name, interpreter.line)
  }
}

const killedNote = (name: string, line: number): string =>
  `Redis stopped the script ${name} at line ${line}, as after SCRIPT KILL: it took too many steps. A real server would be busy with it and answer nobody else.`

type LibraryOf = Parameters<typeof libraryTable>[0]

/** Complaints of a library carry the line of the script. */
function placedLibrary(interpreter: Interpreter, library: LibraryOf): LibraryOf {
  return Object.fromEntries(
    Object.entries(library).map(([name, run]) => {
      const fn = placed(interpreter, libraryFunction(name, run))
      return [name, (args: Arguments) => fn.call(args.values)]
    }),
  )
}

/** Globals cannot be made or changed, and one that is not there is an error. */
function protect(interpreter: Interpreter): void {
  const { globals } = interpreter
  const meta = new LuaTable()
  const absent = new LuaFunction('__index', ([, key]) => {
    throw interpreter.fault(`Script attempted to access nonexistent global variable '${toText(key) ?? typeOf(key)}'`)
  })
  meta.set('__index', absent)
  globals.metatable = meta
  globals.readonly = true
}

function failure(value: LuaValue, name: string, line: number): Reply {
  const where = ` script: ${name}, on @user_script:${line}.`
  if (value instanceof LuaTable) {
    const text = toText(value.get('err'))
    if (text !== undefined) return error(`${text}${where}`)
    return error(`ERR unknown error${where}`)
  }
  return error(`ERR ${toText(value) ?? typeOf(value)}${where}`)
}

function redisTable(call: Call, interpreter: Interpreter): LuaTable {
  const one = (args: Arguments, wrong: string): string => {
    const text = args.values.length === 1 && typeof args.get(0) === 'string' ? args.text(0) : undefined
    if (text === undefined) throw errorTable(wrong)
    return text
  }
  const wrongType = 'wrong number or type of arguments'
  return libraryTable(
    {
      call: (args) => {
        const reply = command(call, args, interpreter)
        if (reply.kind === 'error') throw new LuaError(luaOf(reply))
        return [luaOf(reply)]
      },
      pcall: (args) => [luaOf(command(call, args, interpreter))],
      error_reply: (args) => {
        if (args.values.length !== 1 || typeof args.get(0) !== 'string') return [errTable(`ERR ${wrongType}`)]
        const text = args.text(0).replace(/^-/, '')
        return [errTable(text.includes(' ') ? text : `ERR ${text}`)]
      },
      status_reply: (args) => {
        if (args.values.length !== 1 || typeof args.get(0) !== 'string') return [errTable(`ERR ${wrongType}`)]
        const table = new LuaTable()
        table.set('ok', args.get(0))
        return [table]
      },
      sha1hex: (args) => {
        if (args.values.length !== 1) throw errorTable('wrong number of arguments')
        return scriptName(toText(args.get(0)) ?? one(args, 'wrong number of arguments'))
      },
      // The server's own log is nobody's to read here.
      log: () => [],
      replicate_commands: () => true,
      set_repl: () => [],
      setresp: (args) => {
        if (args.number(0) !== 2) throw errorTable('RESP version must be 2 or 3.')
        return []
      },
    },
    {
      LOG_DEBUG: 0,
      LOG_VERBOSE: 1,
      LOG_NOTICE: 2,
      LOG_WARNING: 3,
      REPL_NONE: 0,
      REPL_AOF: 1,
      REPL_SLAVE: 2,
      REPL_ALL: 3,
    },
  )
  function errorTable(text: string): LuaError {
    interpreter.line = Math.max(interpreter.line, 1)
    return new LuaError(errTable(`ERR ${text}`))
  }
}

function errTable(text: string): LuaTable {
  const table = new LuaTable()
  table.set('err', text)
  return table
}

/** A command of a script: its refusals are worded otherwise than those of a client's command. */
function command(call: Call, args: Arguments, interpreter: Interpreter): Reply {
  if (args.values.length === 0) return error('ERR Please specify at least one argument for this redis lib call')
  const words: string[] = []
  for (const value of args.values) {
    if (typeof value === 'number') words.push(formatDouble(value))
    else if (typeof value === 'string') words.push(value)
    else return error('ERR Lua redis lib command arguments must be strings or integers')
  }
  const known = call.server.commands.get((words[0] ?? '').toLowerCase())
  if (known === undefined) {
    const reply = call.server.execute(call.session, words, call.now)
    const missing = reply.kind === 'error' && reply.text.startsWith('ERR not in Proxyground')
    return missing ? reply : error('ERR Unknown Redis command called from script')
  }
  if (known.arity < 0 ? words.length < -known.arity : words.length !== known.arity) {
    return error('ERR Wrong number of args calling Redis command from script')
  }
  if (known.flags.includes('no-script')) return error('ERR This Redis command is not allowed from script')
  interpreter.pay(workOf(call, known, words))
  const reply = plainReply(call.server.execute(call.session, words, call.now))
  interpreter.pay(reply.kind === 'array' ? reply.items.length / 4 : reply.kind === 'bulk' ? reply.value.length / 64 : 0)
  return reply
}

/** A string may be copied whole for one bit of it. */
function workOf(call: Call, known: Command, words: readonly string[]): number {
  const key = known.keys === undefined ? undefined : words[known.keys[0]]
  const value = key === undefined ? undefined : call.server.database(call.session.database)?.find(key, call.now)
  return value?.type === 'string' ? value.bytes.length / 256 : 0
}

/** Redis to Lua. */
function luaOf(any: Reply): LuaValue {
  const reply = plainReply(any)
  switch (reply.kind) {
    case 'status': {
      const table = new LuaTable()
      table.set('ok', reply.text)
      return table
    }
    case 'error':
      return errTable(reply.text)
    case 'integer':
      return Number(reply.value)
    case 'bulk':
      return reply.value
    case 'null':
    case 'null-array':
      return false
    case 'array':
      return LuaTable.from(reply.items.map(luaOf))
  }
}

/** As C converts a double: what does not fit is the least number. */
const fits = (value: number): bigint => (Math.abs(value) < 2 ** 63 ? BigInt(value) : -(2n ** 63n))

/** Lua to Redis: numbers lose what comes after the point, a list ends at its first nil. */
function replyOf(value: LuaValue): Reply {
  if (typeof value === 'string') return bulk(value)
  if (typeof value === 'number') return integer(fits(Math.trunc(value)))
  if (typeof value === 'boolean') return value ? integer(1) : nothing
  if (!(value instanceof LuaTable)) return nothing
  const failed = value.get('err')
  if (typeof failed === 'string') return error(failed)
  const ok = value.get('ok')
  if (typeof ok === 'string') return status(ok.replace(/[\r\n]/g, ' '))
  const items: Reply[] = []
  for (let at = 1; value.get(at) !== undefined; at++) items.push(replyOf(value.get(at)))
  return array(items)
}
