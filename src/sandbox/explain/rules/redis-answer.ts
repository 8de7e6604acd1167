import { latin1 } from '../../../model/project/bytes.ts'
import { redisCommandText } from '../../../model/redis-text.ts'
import { finding, type Rule } from '../rule.ts'
import { is, type RecordOf, type RunFacts } from '../run-facts.ts'

/** The command that an answer belongs to: tokens are unique within a VM, and a plugin's records are of one VM. */
function commandOf(run: RunFacts, answer: RecordOf<'redis.reply'>): RecordOf<'redis.command'> | undefined {
  return run
    .of('redis.command')
    .findLast((one) => one.seq < answer.seq && one.plugin === answer.plugin && one.event.token === answer.event.token)
}

/** The refusals of login come as answers to the plugin's commands: the gateway ignores the one to its AUTH (higress.md 1.9). */
function variantOf(event: RecordOf<'redis.reply'>['event']): string | undefined {
  if (event.outcome !== 'reply') return event.outcome
  const text = latin1(event.reply)
  if (/^-(NOAUTH|WRONGPASS)/.test(text)) return 'no-auth'
  if (text.startsWith('-ERR not in Proxyground yet')) return 'not-there'
  return text.startsWith('-') ? 'error' : undefined
}

/** Redis refused a command, or could not be asked. */
export const redisAnswer: Rule = {
  id: 'redis-answer',
  variants: ['no-auth', 'error', 'not-there', 'timeout', 'connect-failure', 'reset', 'protocol-error'],
  find: (run) =>
    run.of('redis.reply').flatMap((answer) => {
      const variant = variantOf(answer.event)
      if (variant === undefined) return []
      const params = {
        variant,
        cluster: answer.event.cluster,
        command: redisCommandText((commandOf(run, answer)?.event.argv ?? []).slice(0, 2)),
        error: latin1(answer.event.reply).replace(/^-/, '').trim(),
      }
      return [finding(run, 'redis-answer', variant === 'error' ? 'warning' : 'problem', answer, params)]
    }),
}

/**
 * Asked in a header callback that let the request go on, answered when the request was over: SDKs drop the callback
 * then (higress.md 1.6). A command whose answer nobody needs looks the same, hence a note.
 */
export const redisAnswerTooLate: Rule = {
  id: 'redis-answer-too-late',
  find: (run) =>
    run.of('redis.reply').flatMap((answer) => {
      const command = commandOf(run, answer)
      const end = run.inStream(answer.stream, 'stream.end')[0]
      if (command === undefined || end === undefined || end.seq > answer.seq) return []
      const entry = [...run.entries.values()].find(({ inside }) => inside.includes(command))
      if (entry === undefined || !is(entry.enter, 'guest.enter') || entry.leave?.event.action !== 'Continue') return []
      const params = { cluster: answer.event.cluster, command: redisCommandText(command.event.argv.slice(0, 2)) }
      return [finding(run, 'redis-answer-too-late', 'note', answer, params, entry.enter.event.callback)]
    }),
}
