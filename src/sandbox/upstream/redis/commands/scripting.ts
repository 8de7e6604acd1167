import { type Call, type Command, command, isWord, keys, long } from '../command.ts'
import { array, bulk, error, errors, integer, okReply, type Reply } from '../reply.ts'
import { compileScript, runScript, scriptName } from '../script.ts'

function evaluate(call: Call, source: string, [countText, ...words]: readonly string[]): Reply {
  const count = long(countText)
  if (count > BigInt(words.length)) return error("ERR Number of keys can't be greater than number of args")
  if (count < 0n) return error("ERR Number of keys can't be negative")
  const name = scriptName(source)
  const compiled = compileScript(source)
  if ('error' in compiled) return compiled.error
  call.server.scripts.set(name, source)
  const size = Number(count)
  // SELECT inside a script ends with it.
  const { database } = call.session
  const reply = runScript(call, { block: compiled.block, name }, words.slice(0, size), words.slice(size))
  call.session.database = database
  return reply
}

function script(call: Call, [sub = '', ...words]: readonly string[]): Reply {
  const { scripts } = call.server
  const wrong = error(`ERR wrong number of arguments for 'script|${sub.toLowerCase()}' command`)
  switch (sub.toLowerCase()) {
    case 'load': {
      const [source] = words
      if (source === undefined || words.length > 1) return wrong
      const compiled = compileScript(source)
      if ('error' in compiled) return compiled.error
      scripts.set(scriptName(source), source)
      return bulk(scriptName(source))
    }
    case 'exists':
      if (words.length === 0) return wrong
      return array(words.map((name) => integer(scripts.has(name.toLowerCase()) ? 1 : 0)))
    case 'kill':
      // A script is over, or stopped, before anything else is read.
      return words.length > 0 ? wrong : error('NOTBUSY No scripts in execution right now.')
    case 'flush':
      if (words.length > 1 || (words[0] !== undefined && !isWord(words[0], 'async') && !isWord(words[0], 'sync'))) {
        return error('ERR SCRIPT FLUSH only support SYNC|ASYNC option')
      }
      scripts.clear()
      return okReply
    default:
      return error(`ERR unknown subcommand '${sub.slice(0, 128)}'. Try SCRIPT HELP.`)
  }
}

export const scripting: readonly Command[] = [
  command('eval', -3, ['no-script'], keys.none, (call, [source = '', ...rest]) => evaluate(call, source, rest)),
  command('evalsha', -3, ['no-script'], keys.none, (call, [name = '', ...rest]) => {
    long(rest[0], errors.notInteger)
    const source = call.server.scripts.get(name.toLowerCase())
    return source === undefined ? error('NOSCRIPT No matching script. Please use EVAL.') : evaluate(call, source, rest)
  }),
  command('script', -2, ['no-script'], keys.none, script),
]
