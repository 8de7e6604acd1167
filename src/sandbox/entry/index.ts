/**
 * The emulator as a library (`proxyground/sandbox`): no worker, no DOM, no Node. A guest that loops never returns from
 * here; whoever cannot trust a guest runs it through a worker (`client.ts`, `node-worker.ts`).
 */
import { Gateway, type GatewayOptions } from '../gateway/gateway.ts'
import { provideLibraries } from '../host/foreign/libraries.ts'
import * as libraries from '../host/foreign/with-libraries.ts'
import * as httpbinExtras from '../upstream/httpbin/extras/all.ts'
import { providePart } from '../upstream/parts.ts'
import * as redis from '../upstream/redis/all.ts'

export { loadProject } from '../../model/project/load.ts'
export { check } from '../run/check.ts'
export { type RunEnvironment, runScenario } from '../run/run-scenario.ts'
export type { ScenarioRun } from '../run/scenario-report.ts'
export { renderTrace as render } from '../trace/render.ts'
export { openTrace } from '../trace/view.ts'
export { type PreparedModule, prepareModule } from '../vm/prepare.ts'
export { executeRun } from './execute-run.ts'
export type { Gateway, GatewayOptions }

// A caller of the library runs at once, without a moment to load anything.
provideLibraries(libraries)
providePart('httpbin', httpbinExtras)
providePart('redis', redis)

/** Starts a gateway: clock at the configured time, plugins started, listeners ready for `open`. */
export const createGateway = (options: GatewayOptions): Gateway => new Gateway(options)
