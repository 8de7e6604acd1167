import EditorWorker from 'monaco-editor/editor/editor.worker?worker'
import JsonWorker from 'monaco-editor/languages/features/json/json.worker?worker'
import TypeScriptWorker from 'monaco-editor/languages/features/typescript/ts.worker?worker'

/** Monaco asks here for its workers; without this its fallback fails in the build (toolchains.md 8). */
export function provideWorkers(): void {
  globalThis.MonacoEnvironment = {
    getWorker(_id: string, label: string): Worker {
      if (label === 'typescript' || label === 'javascript') return new TypeScriptWorker()
      return label === 'json' ? new JsonWorker() : new EditorWorker()
    },
  }
}
