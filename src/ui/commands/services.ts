import { commonKeys, type FaultKind, type ServiceKind, startOf } from '../services/service-fields.ts'
import {
  addFaultStep,
  type FieldPath,
  putService,
  removeService,
  renameService,
  type Service,
  setField,
} from '../services/service-text.ts'
import { scenarioPaths } from '../store/project.ts'
import { currentScenario } from '../store/selectors.ts'
import { getApp, setView } from '../store/store.ts'
import { currentText } from '../text.ts'
import { openFile, setText } from './files.ts'
import { notifyChange, snapshot } from './notice.ts'
import { applyFiles, newFile } from './tree.ts'

const file = 'proxyground.yaml'
const yaml = (): string => getApp().project.files[file] ?? 'version: 1\n'

/** One field of a service; `undefined` takes it away. Runs as an edit in the editor does. */
export const setServiceField = (name: string, path: FieldPath, value: unknown): void =>
  setText(file, setField(yaml(), name, path, value))

/** Adds a service that does something at once. */
export function createService(name: string, kind: ServiceKind): void {
  setText(file, putService(yaml(), name, startOf(kind, handlerFile(name))))
}

/** Fields that only the old kind has go; the notice takes that back. */
export function changeKind({ name, written }: Service, kind: ServiceKind): void {
  const before = snapshot()
  const kept = Object.fromEntries(commonKeys.flatMap((key) => (key in written ? [[key, written[key]]] : [])))
  setText(file, putService(yaml(), name, { ...startOf(kind, handlerFile(name)), ...kept }))
  notifyChange(currentText()('services.changed', { name }), before)
}

export function deleteService(name: string): void {
  const before = snapshot()
  setText(file, removeService(yaml(), name))
  notifyChange(currentText()('services.removed', { name }), before)
}

/** In the project file and in every scenario at once. */
export function renameServiceTo(from: string, to: string): void {
  const { files } = getApp().project
  const paths = [file, ...scenarioPaths(files)].filter((path) => path in files)
  const renamed = paths.map((path) => [path, renameService(files[path] ?? '', from, to)] as const)
  applyFiles(Object.fromEntries(renamed), currentText()('services.renamed', { from, to }))
  setView({ services: { form: true, open: to } })
}

/** A step at the end of the scenario at hand, opened, so that it can be moved to where the service is to break. */
export function breakInScenario(name: string, kind: FaultKind): void {
  const path = currentScenario(getApp())
  if (path === undefined) return
  const before = snapshot()
  setText(path, addFaultStep(getApp().project.files[path] ?? '', name, kind))
  openFile(path)
  notifyChange(currentText()('services.faults.stepAdded', { scenario: path }), before)
}

/** A handler to begin with, where the service says it is. */
export const createHandler = (path: string): void => newFile(path, handlerStart)

const handlerStart = `export default (request, state) => {
  state.count = (state.count ?? 0) + 1
  return { status: 200, headers: { 'x-count': String(state.count) }, body: request.method + ' ' + request.path + '\\n' }
}
`

/** `services/auth.ts` for `outbound|80||auth.dns`. */
function handlerFile(name: string): string {
  const word = (name.split('|').at(-1) ?? name).split('.')[0] ?? ''
  return `services/${word.replace(/[^\w-]/g, '') || 'service'}.ts`
}
