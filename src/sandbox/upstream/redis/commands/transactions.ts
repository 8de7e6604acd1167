import { type Call, type Command, command, keys } from '../command.ts'
import { array, error, nullArray, okReply, type Reply } from '../reply.ts'

function multi({ session }: Call): Reply {
  if (session.queue !== undefined) return error('ERR MULTI calls can not be nested')
  session.queue = { commands: [], broken: false }
  return okReply
}

/** All that was queued, one after another: a command that fails does not keep the others from running. */
function exec({ server, session, now }: Call): Reply {
  const { queue } = session
  if (queue === undefined) return error('ERR EXEC without MULTI')
  const dirty = server.watching.isDirty(session, now)
  session.queue = undefined
  server.watching.end(session)
  if (queue.broken) return error('EXECABORT Transaction discarded because of previous errors.')
  if (dirty) return nullArray
  return array(queue.commands.map((words) => server.execute(session, words, now)))
}

function discard({ server, session }: Call): Reply {
  if (session.queue === undefined) return error('ERR DISCARD without MULTI')
  session.queue = undefined
  server.watching.end(session)
  return okReply
}

function watch({ server, session, now }: Call, names: readonly string[]): Reply {
  if (session.queue !== undefined) return error('ERR WATCH inside MULTI is not allowed')
  for (const key of names) server.watching.watch(session, key, now)
  return okReply
}

export const transactions: readonly Command[] = [
  command('multi', 1, ['fast', 'no-script'], keys.none, multi),
  command('exec', 1, ['no-script'], keys.none, exec),
  command('discard', 1, ['fast', 'no-script'], keys.none, discard),
  command('watch', -2, ['fast', 'no-script'], keys.all, watch),
  command('unwatch', 1, ['fast', 'no-script'], keys.none, ({ server, session }) => {
    server.watching.end(session)
    return okReply
  }),
]
