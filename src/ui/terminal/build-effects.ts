import { unbuiltWords } from '../bottom/unbuilt-words.ts'
import { buildChanged } from '../commands/build.ts'
import { canFormat, formatActive } from '../commands/format.ts'
import { pluginFolders } from '../store/project.ts'
import { getApp } from '../store/store.ts'
import { currentText } from '../text.ts'
import { visibleText } from '../timeline/display-text.ts'
import type { Say } from './console.ts'

/** gofmt or goimports of the file at hand. */
export async function format(ask: 'format' | 'imports', say: Say): Promise<number> {
  const t = currentText()
  const { active } = getApp().project
  if (active === undefined || !canFormat()) {
    say(t('terminal.notGo'))
    return 1
  }
  await formatActive(ask)
  say(t('terminal.formatted', { path: visibleText(active) }))
  return 0
}

/** Compiles every plugin anew and says what came of it. */
export async function build(say: Say): Promise<number> {
  const t = currentText()
  const folders = pluginFolders(getApp().project)
  if (folders.length === 0) {
    say(t('terminal.noPlugins'))
    return 0
  }
  await buildChanged({ again: 'all' })
  let code = 0
  for (const { name } of folders) {
    const job = getApp().build[name]?.job
    const plugin = visibleText(name)
    if (job?.kind === 'ok') say(t('terminal.built', { plugin, ms: Math.round(job.milliseconds) }))
    else if (job?.kind === 'rejected') {
      code = 1
      say(t('terminal.buildFailed', { plugin }), 'bad')
      for (const { file, line, column, message } of job.errors) say(`  ${file}:${line}:${column} ${message}`)
    } else if (job?.kind === 'unavailable') {
      code = 1
      say(t('terminal.buildUnavailable', { plugin, message: unbuiltWords(t, job) }), 'bad')
    } else say(t('terminal.asIs', { plugin }))
  }
  return code
}
