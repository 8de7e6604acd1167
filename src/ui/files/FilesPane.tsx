import './files.css'
import { type KeyboardEvent, lazy, Suspense, useMemo } from 'react'
import { configPath, openConfiguration } from '../commands/configuration.ts'
import { openFile } from '../commands/files.ts'
import { deletePlugin } from '../commands/plugins.ts'
import { showServicesText } from '../commands/services-view.ts'
import { deleteFile } from '../commands/tree.ts'
import { openOverlay } from '../commands/view.ts'
import { useReady } from '../editor/useReady.ts'
import { Icon } from '../shell/icons.tsx'
import { Menu, type MenuItem } from '../shell/Menu.tsx'
import { problems } from '../store/problems.ts'
import { type PluginFolder, pluginFolders, scenarioPaths, sdkOfPlugin } from '../store/project.ts'
import { useApp } from '../store/store.ts'
import { useText } from '../text.ts'
import { CallbackOutline } from './CallbackOutline.tsx'
import { laneClass, laneLetter } from './lanes.ts'

/** Reads YAML, which the first run on the screen does not wait for. */
const ServiceList = lazy(() => import('../services/ServiceList.tsx'))

/** The project's files by plugin, then scenarios and the gateway; below them the callbacks of the plugin at hand. */
export function FilesPane() {
  const t = useText()
  const ready = useReady()
  const files = useApp(({ project }) => project.files)
  const binaries = useApp(({ project }) => project.binaries)
  const plugins = useMemo(() => pluginFolders({ files, binaries }), [files, binaries])
  const scenarios = scenarioPaths(files)
  const known = new Set([...plugins.flatMap(({ paths }) => paths), ...scenarios, 'proxyground.yaml'])
  const others = Object.keys(files).filter((path) => !known.has(path))
  return (
    <nav className="files" aria-label={t('ui.region.files')}>
      <h3>
        <span>{t('ui.top.files')}</span>
        <Menu
          items={[
            {
              kind: 'item',
              label: t('ui.files.newPlugin'),
              onSelect: () => openOverlay({ kind: 'new-plugin', language: 'go' }),
            },
            {
              kind: 'item',
              label: t('ui.files.newScenario'),
              onSelect: () => openOverlay({ kind: 'new-file', folder: 'scenarios/' }),
            },
            {
              kind: 'item',
              label: t('ui.files.newFile'),
              onSelect: () => openOverlay({ kind: 'new-file', folder: '' }),
            },
            {
              kind: 'item',
              label: t('ui.project.import'),
              onSelect: () => openOverlay({ kind: 'import', text: '', name: '' }),
            },
          ]}
          trigger={
            <button type="button" className="btn sm icon" aria-label={t('ui.files.add')}>
              <Icon name="plus" size={16} />
            </button>
          }
        />
      </h3>
      <ul className="tree" onKeyDown={moveFocus}>
        {plugins.map((plugin, index) => (
          <PluginEntry key={plugin.name} plugin={plugin} index={index} />
        ))}
        {scenarios.length > 0 && (
          <li className="grp">
            <Icon name="scenarios" />
            <span className="trunc">{t('ui.files.scenarios')}</span>
          </li>
        )}
        {scenarios.map((path) => (
          <FileEntry key={path} path={path} label={path.slice('scenarios/'.length)} deep />
        ))}
        {ready && (
          <Suspense fallback={null}>
            <ServiceList />
          </Suspense>
        )}
        {'proxyground.yaml' in files && <FileEntry path="proxyground.yaml" label="proxyground.yaml" icon="gateway" />}
        {others.map((path) => (
          <FileEntry key={path} path={path} label={path} icon="file" />
        ))}
      </ul>
      <CallbackOutline plugins={plugins} />
    </nav>
  )
}

const languageNames = {
  assemblyscript: 'AS',
  wat: 'WAT',
  wasm: 'wasm',
  go: 'Go',
  rust: 'Rust',
  cpp: 'C++',
  none: '',
} as const

function PluginEntry({ plugin, index }: { readonly plugin: PluginFolder; readonly index: number }) {
  const t = useText()
  const configured = plugin.paths.includes(configPath(plugin.name))
  const items: MenuItem[] = [
    {
      kind: 'item',
      label: t(configured ? 'ui.files.openConfig' : 'ui.files.addConfig'),
      onSelect: () => openConfiguration(plugin.name),
    },
    {
      kind: 'item',
      label: t('ui.files.newFileIn', { name: plugin.name }),
      onSelect: () => openOverlay({ kind: 'new-file', folder: `plugins/${plugin.name}/` }),
    },
    {
      kind: 'item',
      label: t('ui.files.rename'),
      onSelect: () => openOverlay({ kind: 'rename', path: `plugins/${plugin.name}` }),
    },
    { kind: 'item', label: t('ui.files.delete'), danger: true, onSelect: () => void deletePlugin(plugin.name) },
  ]
  return (
    <>
      <li className="grp">
        <span className={`badge ${laneClass(index)}`}>{laneLetter(index)}</span>
        <span className="trunc">{plugin.name}</span>
        <PluginKind plugin={plugin} />
        <MoreButton label={t('ui.files.more', { name: plugin.name })} items={items} />
      </li>
      {plugin.paths.map((path) => (
        <FileEntry key={path} path={path} label={path.split('/').slice(2).join('/')} deep />
      ))}
    </>
  )
}

/** The language, of Go the SDK, and of a finished module what it was made with, as its run recognised it. */
function PluginKind({ plugin }: { readonly plugin: PluginFolder }) {
  const t = useText()
  const { name, language } = plugin
  const sdk = useApp(({ project }) => (language === 'go' ? sdkOfPlugin(project.files, name) : undefined))
  const module = useApp(({ run }) => run.shown?.result.modules.find((report) => report.plugin === name))
  const made = language === 'wasm' && module !== undefined ? moduleNames[module.language] : undefined
  const words = [languageNames[language], made ?? '', sdk === undefined || sdk === 'higress' ? '' : sdk]
  const about = [
    sdk === undefined ? '' : t(`ui.sdk.${sdk}`),
    sdk === 'tinygo' ? t('ui.sdk.tinygoNote') : '',
    module === undefined ? '' : t('ui.files.moduleAbout', { abi: module.abi, size: (module.size / 1000).toFixed(0) }),
  ]
  return (
    <span className="end dim" title={about.filter((line) => line !== '').join('\n')}>
      {words.filter((word) => word !== '').join(', ')}
    </span>
  )
}

/** As the emulator tells a module's language from its sections. */
const moduleNames: Readonly<Record<string, string>> = {
  go: 'Go',
  tinygo: 'TinyGo',
  rust: 'Rust',
  'c++': 'C++',
  assemblyscript: 'AS',
}

function FileEntry(props: {
  readonly path: string
  readonly label: string
  readonly deep?: boolean
  readonly icon?: 'file' | 'gateway'
}) {
  const { path } = props
  const t = useText()
  // The form of services says which of them is open; the file then is not the place one is at.
  const active = useApp(
    ({ project, view }) =>
      project.active === path &&
      !(path === 'proxyground.yaml' && view.services.form && view.services.open !== undefined),
  )
  const isText = useApp(({ project }) => path in project.files)
  const broken = useApp((state) => problems(state).some(({ file, severity }) => file === path && severity === 'error'))
  const items: MenuItem[] = [
    { kind: 'item', label: t('ui.files.rename'), keys: 'F2', onSelect: () => openOverlay({ kind: 'rename', path }) },
    { kind: 'item', label: t('ui.files.delete'), danger: true, onSelect: () => deleteFile(path) },
  ]
  return (
    <li className={`${props.deep === true ? 'd1' : ''}${active ? ' on' : ''}`}>
      <button
        type="button"
        className="tree-item"
        data-tree-item
        aria-current={active ? 'page' : undefined}
        disabled={!isText}
        title={isText ? path : t('ui.files.module', { name: path })}
        onClick={() => {
          if (path === 'proxyground.yaml') showServicesText()
          openFile(path)
        }}
        onKeyDown={(event) => {
          if (event.key === 'F2') openOverlay({ kind: 'rename', path })
          if (event.key === 'Delete') deleteFile(path)
        }}
      >
        {props.icon !== undefined && <Icon name={props.icon} />}
        <span className="trunc">{props.label}</span>
        {broken && (
          <span className="end bad">
            <Icon name="warn" size={13} />
            <span className="visually-hidden">{t('ui.files.hasProblem')}</span>
          </span>
        )}
      </button>
      <MoreButton label={t('ui.files.more', { name: props.label })} items={items} />
    </li>
  )
}

function MoreButton({ label, items }: { readonly label: string; readonly items: readonly MenuItem[] }) {
  return (
    <Menu
      align="end"
      items={items}
      trigger={
        <button type="button" className="tree-more" aria-label={label}>
          <Icon name="more" />
        </button>
      }
    />
  )
}

/** Arrows move between the files, as in a list. */
function moveFocus(event: KeyboardEvent<HTMLUListElement>): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
  const entries = [...event.currentTarget.querySelectorAll<HTMLButtonElement>('[data-tree-item]:not(:disabled)')]
  const at = entries.findIndex((entry) => entry.contains(document.activeElement))
  const next = entries[at + (event.key === 'ArrowDown' ? 1 : -1)]
  if (at < 0 || next === undefined) return
  event.preventDefault()
  next.focus()
}
