import { runNow } from '../commands/run.ts'
import { toolchainWords } from '../shell/toolchain-words.ts'
import { getApp } from '../store/store.ts'
import { currentText } from '../text.ts'
import { durationText, visibleText } from '../timeline/display-text.ts'
import { build, format } from './build-effects.ts'
import type { Console } from './console.ts'
import { explain, logs, testAll, verdictLine } from './report-effects.ts'
import { request } from './request-effect.ts'
import { type Paint, painted, plainOutput } from './screen-text.ts'
import { exportTest, forgetSession, runSession } from './session-run.ts'
import type { Effect } from './shell/commands.ts'

/** Does what a command asked for. Answers its exit code. */
export async function perform(effect: Effect, screen: Console): Promise<number> {
  const t = currentText()
  const say = (text: string, paint?: Paint) =>
    screen.write(`${paint === undefined ? plainOutput(text) : painted(paint, text)}\r\n`)
  switch (effect.kind) {
    case 'print':
      screen.write(plainOutput(effect.text))
      return effect.code ?? 0
    case 'say':
      say(t(effect.key, clean(effect.params ?? {})))
      return effect.code ?? 0
    case 'clear':
      screen.clear()
      return 0
    case 'reset':
      forgetSession()
      say(t('terminal.reset'))
      return 0
    case 'request':
      return request(effect, screen)
    case 'redis': {
      const failure = await runSession({ kind: 'redis', command: effect.command })
      const received = getApp().run.shown?.result.report.steps.at(-1)?.received
      if (failure === undefined && received !== undefined && 'text' in received)
        say(received.text.replaceAll('\n', '\r\n'))
      else say(failure ?? t('terminal.noRun'), 'bad')
      return failure === undefined ? 0 : 1
    }
    case 'advance': {
      const failure = await runSession({ kind: 'advance', ms: effect.ms })
      say(failure ?? t('terminal.advanced', { time: durationText(effect.ms * 1e6) }))
      return failure === undefined ? 0 : 1
    }
    case 'build':
      return build(say)
    case 'test':
      return testAll(say)
    case 'run':
      await runNow()
      say(verdictLine() ?? t('terminal.noRun'))
      return 0
    case 'logs':
      return logs(effect.follow, screen)
    case 'explain':
      return explain(say)
    case 'format':
      return format(effect.ask, say)
    case 'go-version': {
      const { toolchain } = getApp()
      if (toolchain.kind === 'ready') say(t('terminal.goVersion', { version: toolchain.version }))
      else say(toolchainWords(t, toolchain) || t('terminal.goComing'))
      return 0
    }
    case 'export-test':
      return exportTest(effect.name, say)
  }
}

const clean = (params: Readonly<Record<string, string | number>>): Record<string, string | number> =>
  Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name, typeof value === 'string' ? visibleText(value) : value]),
  )
