import { DropdownMenu } from 'radix-ui'
import { selectScenario, selectStep } from '../commands/view.ts'
import { Icon } from '../shell/icons.tsx'
import { scenarioPaths } from '../store/project.ts'
import { setView, useApp } from '../store/store.ts'
import { useText } from '../text.ts'
import { visibleText } from '../timeline/display-text.ts'
import type { Scope } from '../timeline/scopes.ts'
import { StepName } from './StepName.tsx'
import type { StepLine } from './scenario-text.ts'

/** The scenario, its steps and their requests. */
export function StepMenu(props: {
  readonly path: string | undefined
  readonly steps: readonly StepLine[]
  readonly step: number
  readonly scopes: readonly Scope[]
  readonly scope: Scope | undefined
}) {
  const { path, steps, step, scopes, scope } = props
  const t = useText()
  const files = useApp(({ project }) => project.files)
  const paths = scenarioPaths(files)
  const name = path?.replace(/^scenarios\//, '') ?? t('run.steps.session')
  const several = scopes.filter((other) => other.step === scope?.step && other.stream !== undefined)
  const start = scopes.find((other) => other.kind === 'start')
  const title =
    step < 0
      ? t('run.steps.start')
      : steps.length > 1
        ? t('run.steps.of', { name, step: step + 1, count: steps.length })
        : name
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger className="btn line step-button">
        <span className="trunc">{visibleText(title)}</span>
        <Icon name="down" size={13} />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="start" sideOffset={4}>
          {paths.length > 1 &&
            paths.map((other) => (
              <DropdownMenu.CheckboxItem
                key={other}
                className="menu-item"
                checked={other === path}
                onSelect={() => selectScenario(other)}
              >
                {visibleText(other.replace(/^scenarios\//, ''))}
              </DropdownMenu.CheckboxItem>
            ))}
          {paths.length > 1 && <DropdownMenu.Separator className="menu-line" />}
          {start !== undefined && (
            <DropdownMenu.CheckboxItem className="menu-item" checked={step < 0} onSelect={() => selectStep(-1)}>
              {t('run.steps.start')}
            </DropdownMenu.CheckboxItem>
          )}
          {steps.map((line) => (
            <DropdownMenu.CheckboxItem
              key={line.index}
              className="menu-item"
              checked={line.index === step}
              onSelect={() => selectStep(line.index)}
            >
              <span className="dim num">{line.index + 1}</span> <StepName line={line} />
            </DropdownMenu.CheckboxItem>
          ))}
          {several.length > 20 && (
            <>
              <DropdownMenu.Separator className="menu-line" />
              <DropdownMenu.Item
                className="menu-item"
                onSelect={() => setView({ distance: 'strips', runTab: 'timeline' })}
              >
                {t('run.far.title', { count: several.length })}
              </DropdownMenu.Item>
            </>
          )}
          {several.length > 1 && several.length <= 20 && (
            <>
              <DropdownMenu.Separator className="menu-line" />
              {several.map((other) => (
                <DropdownMenu.CheckboxItem
                  key={other.stream}
                  className="menu-item"
                  checked={other === scope}
                  onSelect={() => setView({ stream: other.stream })}
                >
                  {t('run.steps.request', { number: other.request + 1, count: other.requests })}
                </DropdownMenu.CheckboxItem>
              ))}
            </>
          )}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}
