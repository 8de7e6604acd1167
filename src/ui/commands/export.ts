import type { RunReport } from '../../model/report.ts'
import { projectTitle } from '../store/project.ts'
import { getApp } from '../store/store.ts'

/** The project folder as a zip, uploaded modules included; the CLI runs it after unpacking. */
export async function exportZip(): Promise<void> {
  const { zipSync, strToU8 } = await import('fflate')
  const { files, binaries } = getApp().project
  const entries: Record<string, Uint8Array> = { ...binaries }
  for (const [path, text] of Object.entries(files)) entries[path] = strToU8(text)
  download(`${fileName()}.zip`, new Blob([new Uint8Array(zipSync(entries))], { type: 'application/zip' }))
}

/** The run report of the design for the run on the screen. */
export function exportReport(): void {
  const shown = getApp().run.shown
  if (shown === undefined) return
  const { report } = shown.result
  const whole: RunReport = { version: 1, passed: report.passed, scenarios: [report] }
  download(`${fileName()}-run.json`, new Blob([JSON.stringify(whole, null, 2)], { type: 'application/json' }))
}

function fileName(): string {
  const title = projectTitle(getApp().project.files)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
  return title.replace(/^-|-$/g, '') || 'proxyground'
}

function download(name: string, content: Blob): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(content)
  link.download = name
  link.click()
  URL.revokeObjectURL(link.href)
}
