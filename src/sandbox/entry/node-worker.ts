/** The guest thread of the command line: one run, then its result (`src/cli/guest-thread.ts` owns the deadline). */
import { parentPort, workerData } from 'node:worker_threads'
import { executeLoaded } from './libraries.ts'
import type { ThreadMessage, ThreadStart } from './thread-messages.ts'

const port = parentPort
if (port === null) throw new Error('This script runs in a thread of the command line')

/** Our own starter is the only sender (guest-thread.ts). */
const { request, announce }: ThreadStart = workerData

const post = (message: ThreadMessage): void => port.postMessage(message)

const result = await executeLoaded(request, {
  now: () => performance.now(),
  ...(announce ? { announce: (entry) => post({ kind: 'entry', entry }) } : {}),
})
post({ kind: 'result', result })
