import { Icon, type IconName } from '../shell/icons.tsx'
import { ToolchainBar } from '../shell/ToolchainBar.tsx'
import { isOnItsWay } from '../shell/toolchain-words.ts'
import type { PluginBuild } from '../store/build.ts'
import { pluginFolders } from '../store/project.ts'
import { brokenPlugin } from '../store/selectors.ts'
import { useApp } from '../store/store.ts'
import { useText } from '../text.ts'
import { visibleText } from '../timeline/display-text.ts'
import { firstSteps } from './first-steps.ts'

const MARKS = { done: 'check', now: 'busy', later: 'pending' } as const satisfies Record<string, IconName>

/** What stands where the timeline will be, while nothing has run: the way to the first run, or what it waits for. */
export function FirstBuild() {
  const t = useText()
  const build = useApp((state) => state.build)
  const broken = useApp(brokenPlugin)
  const project = useApp((state) => state.project)
  const running = useApp(({ run }) => run.job.kind === 'running')
  const builds = Object.entries(build)
  const shown = builds.find(([, { job }]) => job.kind === 'compiling') ?? (running ? builds[0] : undefined)
  if (shown === undefined) {
    if (broken === undefined) return <div className="grow" />
    return <p className="pane-empty first-build">{t('run.first.broken', { plugin: visibleText(broken) })}</p>
  }
  const [name, state] = shown
  const language = pluginFolders(project).find((plugin) => plugin.name === name)?.language
  return (
    <div className="first-build">
      <Steps name={name} build={state} go={language === 'go'} />
    </div>
  )
}

function Steps({ name, build, go }: { readonly name: string; readonly build: PluginBuild; readonly go: boolean }) {
  const t = useText()
  const toolchain = useApp((state) => state.toolchain)
  const steps = firstSteps(build.job, go ? toolchain : undefined)
  return (
    <>
      <h3>{t('run.first.title', { plugin: visibleText(name) })}</h3>
      <ol>
        {steps.map((step) => (
          <li key={step.name} className={step.state} aria-current={step.state === 'now' ? 'step' : undefined}>
            <Icon name={MARKS[step.state]} size={14} />
            <span>{t(`run.first.${step.name}`)}</span>
            {step.state === 'now' && isOnItsWay(toolchain) && go && <ToolchainBar />}
          </li>
        ))}
      </ol>
      {go && <p className="dim">{t('run.first.once')}</p>}
    </>
  )
}
