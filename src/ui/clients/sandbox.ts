import { createSandboxClient } from '../../sandbox/entry/client.ts'
import workerUrl from '../../sandbox/entry/worker.ts?worker&url'
import type { SandboxClient } from './clients.ts'

/** The emulator in its confined worker, with the deadline kept (src/sandbox/entry/client.ts). */
export const startSandbox = (): Promise<SandboxClient> => Promise.resolve(createSandboxClient(workerUrl))
