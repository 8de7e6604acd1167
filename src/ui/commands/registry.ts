import type { TextKey } from '../../text/text.ts'
import type { Keys } from '../shell/keys.ts'
import { whyNoOrders } from '../store/orders.ts'
import { getApp } from '../store/store.ts'
import { exportModules, exportReport, exportZip } from './export.ts'
import { canFormat, formatActive } from './format.ts'
import { buildAndRun, rebuildAndRun } from './live.ts'
import { nextProblem } from './problems.ts'
import { newProject } from './projects.ts'
import { showServices } from './services-view.ts'
import { openOverlay, setLanguage, setTheme, showBottomTab, showRunTab, toggleBottom, toggleNotes } from './view.ts'

/** Everything the palette offers and the keyboard reaches. */
export type Command = {
  readonly id: string
  readonly title: TextKey
  readonly group: 'run' | 'project' | 'go' | 'view'
  readonly keys?: readonly Keys[]
  /** Where its keys do not act: inside the editor, or in any text. */
  readonly outside?: 'editor' | 'text'
  /** Not offered when it could do nothing. */
  readonly when?: () => boolean
  /** Whether its keys act now; otherwise they are left to the editor. */
  readonly only?: () => boolean
  readonly run: () => void
}

/** Ctrl+S does what an editor for Go does on save, then builds. */
async function saveAndRun(): Promise<void> {
  await formatActive('imports')
  await rebuildAndRun()
}

async function tryOtherOrders(): Promise<void> {
  showRunTab('tests')
  const { tryOrders, usualCount } = await import('./orders.ts')
  await tryOrders(usualCount)
}

const hasRun = () => getApp().run.shown !== undefined

export const commands: readonly Command[] = [
  { id: 'run', title: 'ui.command.run', group: 'run', keys: ['Mod+Enter'], run: () => void buildAndRun() },
  { id: 'build', title: 'ui.command.build', group: 'run', keys: ['Mod+S'], run: () => void saveAndRun() },
  {
    id: 'orders',
    title: 'run.orders.try',
    group: 'run',
    when: () => whyNoOrders(getApp()) === undefined,
    run: () => void tryOtherOrders(),
  },
  {
    id: 'format',
    title: 'ui.command.format',
    group: 'go',
    keys: ['Shift+Alt+F'],
    when: canFormat,
    only: canFormat,
    run: () => void formatActive('format'),
  },
  {
    id: 'imports',
    title: 'ui.command.imports',
    group: 'go',
    keys: ['Shift+Alt+O'],
    when: canFormat,
    only: canFormat,
    run: () => void formatActive('imports'),
  },
  {
    id: 'palette',
    title: 'ui.command.palette',
    group: 'view',
    keys: ['F1', 'Mod+Shift+P'],
    run: () => openOverlay({ kind: 'palette' }),
  },
  {
    id: 'search',
    title: 'ui.command.palette',
    group: 'view',
    keys: ['Mod+K'],
    outside: 'editor',
    when: () => false,
    run: () => openOverlay({ kind: 'palette' }),
  },
  { id: 'problem.next', title: 'ui.command.nextProblem', group: 'go', keys: ['F8'], run: () => nextProblem(1) },
  {
    id: 'problem.previous',
    title: 'ui.command.previousProblem',
    group: 'go',
    keys: ['Shift+F8'],
    run: () => nextProblem(-1),
  },
  {
    id: 'terminal',
    title: 'ui.command.terminal',
    group: 'view',
    keys: ['Ctrl+`'],
    run: () => showBottomTab('terminal'),
  },
  { id: 'problems', title: 'ui.command.problems', group: 'view', run: () => showBottomTab('problems') },
  { id: 'panel', title: 'ui.command.panel', group: 'view', run: toggleBottom },
  { id: 'notes', title: 'ui.command.notes', group: 'view', run: toggleNotes },
  {
    id: 'shortcuts',
    title: 'ui.command.shortcuts',
    group: 'view',
    keys: ['?'],
    outside: 'text',
    run: () => openOverlay({ kind: 'shortcuts' }),
  },
  { id: 'examples', title: 'ui.command.examples', group: 'project', run: () => openOverlay({ kind: 'examples' }) },
  { id: 'share', title: 'ui.command.share', group: 'project', run: () => openOverlay({ kind: 'share' }) },
  {
    id: 'import',
    title: 'ui.command.import',
    group: 'project',
    run: () => openOverlay({ kind: 'import', text: '', name: '' }),
  },
  { id: 'zip', title: 'ui.command.zip', group: 'project', run: () => void exportZip() },
  { id: 'modules', title: 'ui.command.modules', group: 'project', run: () => void exportModules() },
  { id: 'report', title: 'ui.command.report', group: 'project', when: hasRun, run: exportReport },
  { id: 'services', title: 'services.open', group: 'project', run: () => showServices(getApp().view.services.open) },
  { id: 'title', title: 'ui.command.title', group: 'project', run: () => openOverlay({ kind: 'title' }) },
  { id: 'project.new', title: 'ui.command.newProject', group: 'project', run: () => void newProject() },
  {
    id: 'plugin.new',
    title: 'ui.command.newPlugin',
    group: 'project',
    run: () => openOverlay({ kind: 'new-plugin', language: 'go' }),
  },
  {
    id: 'file.new',
    title: 'ui.command.newFile',
    group: 'project',
    run: () => openOverlay({ kind: 'new-file', folder: '' }),
  },
  {
    id: 'language',
    title: 'ui.command.language',
    group: 'view',
    run: () => void setLanguage(getApp().view.language === 'en' ? 'zh' : 'en'),
  },
  { id: 'theme.system', title: 'ui.command.themeSystem', group: 'view', run: () => setTheme('system') },
  { id: 'theme.light', title: 'ui.command.themeLight', group: 'view', run: () => setTheme('light') },
  { id: 'theme.dark', title: 'ui.command.themeDark', group: 'view', run: () => setTheme('dark') },
]
