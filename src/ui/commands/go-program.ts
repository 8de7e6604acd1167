import type { GoSdk } from '../../compile-worker/api.ts'
import { parsesConfig } from '../../model/import/go-config.ts'
import { getApp } from '../store/store.ts'
import { configFor, pluginFile } from './configuration.ts'
import { newPlugin } from './plugins.ts'
import { newProject } from './projects.ts'

/**
 * Adds a Go program as a plugin: behind the plugins of a project that somebody works on, else in a new one, for an
 * example that nobody touched is in its way.
 */
export async function addGoProgram(name: string, sdk: GoSdk, text: string): Promise<void> {
  if (!getApp().project.touched) await newProject()
  const wanted = parsesConfig(text) ? { [pluginFile]: configFor({ 'main.go': text }) } : {}
  await newPlugin(name, { language: 'go', sdk }, { 'main.go': text, ...wanted })
}
