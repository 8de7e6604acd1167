import { createSandboxClient, type SandboxClient } from '../../sandbox/entry/client.ts'
import script from '../../sandbox/entry/worker.ts?worker&url'

/** The emulator in its worker, which reaches no network. */
export const startSandbox = (): SandboxClient => createSandboxClient(script)
