import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import type { ToolchainState } from '../../compile-worker/toolchain-state.ts'
import type { BuildState } from './build.ts'
import type { OrdersState } from './orders.ts'
import { loadPreferences } from './preferences.ts'
import type { ProjectState } from './project.ts'
import { noRun, type RunState } from './run.ts'
import type { ViewState } from './view.ts'

/** The one store. Slices hold data, selectors derive, commands (plain functions) act. */
export type AppState = {
  readonly project: ProjectState
  readonly build: BuildState
  readonly run: RunState
  readonly orders: OrdersState
  readonly view: ViewState
  /** Go's compiler in the tab: on its way, there, or not to be had. */
  readonly toolchain: ToolchainState
}

const emptyProject: ProjectState = {
  id: '',
  files: {},
  binaries: {},
  tabs: [],
  active: undefined,
  revision: 0,
  saved: 'saved',
  problems: [],
  touched: false,
}

function initialView(): ViewState {
  return {
    scenario: undefined,
    step: undefined,
    stream: undefined,
    distance: undefined,
    event: undefined,
    runTab: 'timeline',
    bottomTab: 'terminal',
    bottomOpen: true,
    narrow: 'run',
    phone: 'timeline',
    drawer: false,
    services: { form: false, open: undefined },
    overlay: { kind: 'none' },
    notice: undefined,
    caret: undefined,
    here: undefined,
    lineNotes: { list: [], revision: 0 },
    ...loadPreferences(),
  }
}

export const appStore = createStore<AppState>()(() => ({
  project: emptyProject,
  build: {},
  run: noRun,
  orders: { kind: 'none' },
  view: initialView(),
  toolchain: { kind: 'idle' },
}))

/** Subscribes a component to one part of the state. Selectors must return stable values (use `useShallow` for lists). */
export function useApp<T>(selector: (state: AppState) => T): T {
  return useStore(appStore, selector)
}

export const getApp = (): AppState => appStore.getState()

export function setProject(change: Partial<ProjectState>): void {
  appStore.setState(({ project }) => ({ project: { ...project, ...change } }))
}
export function setRun(change: Partial<RunState>): void {
  appStore.setState(({ run }) => ({ run: { ...run, ...change } }))
}
export function setView(change: Partial<ViewState>): void {
  appStore.setState(({ view }) => ({ view: { ...view, ...change } }))
}
