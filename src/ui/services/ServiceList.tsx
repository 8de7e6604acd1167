import { useMemo } from 'react'
import { showServices } from '../commands/services-view.ts'
import { Icon } from '../shell/icons.tsx'
import { useApp } from '../store/store.ts'
import { useText } from '../text.ts'
import { visibleText } from '../timeline/display-text.ts'
import { readServices } from './service-text.ts'

/** The services in the tree of files; each leads to the form with it open. Nothing where the file cannot be read. */
export default function ServiceList() {
  const t = useText()
  const yaml = useApp(({ project }) => project.files['proxyground.yaml'] ?? '')
  const shown = useApp(({ project, view }) =>
    project.active === 'proxyground.yaml' && view.services.form ? view.services.open : undefined,
  )
  const services = useMemo(() => readServices(yaml), [yaml])
  if (services === undefined) return null
  return (
    <>
      <li className="grp">
        <Icon name="services" />
        <span className="trunc">{t('services.title')}</span>
      </li>
      {services.map(({ name, kind }) => (
        <li key={name} className={`d1${name === shown ? ' on' : ''}`}>
          <button
            type="button"
            className="tree-item"
            data-tree-item
            aria-current={name === shown ? 'page' : undefined}
            title={name}
            onClick={() => showServices(name)}
          >
            <span className="trunc">{visibleText(shortName(name))}</span>
            <span className="end dim">{kind === shortName(name) ? '' : kind}</span>
          </button>
        </li>
      ))}
    </>
  )
}

/** `auth.dns` of `outbound|80||auth.dns`: the tree is narrow, and the title has the whole name. */
const shortName = (name: string): string => name.split('|').at(-1) || name
