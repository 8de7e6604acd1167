import { getApp, setView } from '../store/store.ts'
import { openFile } from './files.ts'
import { newFile } from './tree.ts'

/** Shows the project file as a form, with this service open. */
export function showServices(open: string | undefined): void {
  if (!('proxyground.yaml' in getApp().project.files)) newFile('proxyground.yaml', 'version: 1\n')
  openFile('proxyground.yaml')
  setView({ services: { form: true, open } })
}

export const showServicesText = (): void => setView({ services: { ...getApp().view.services, form: false } })
