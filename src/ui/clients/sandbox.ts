import type { SandboxClient } from './clients.ts'

/** Waits for the emulator's own client (src/sandbox/entry/client.ts). Until then every run says so. */
export function startSandbox(): Promise<SandboxClient> {
  return Promise.reject(new Error('The emulator is not part of this build yet.'))
}
