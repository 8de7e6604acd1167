/**
 * Wasm services beside the filters, and every VM that a gateway starts: base, canary, main thread, workers
 * (proxy-wasm-host.md 3.2, 9). Threads race on a real Envoy, so only what does not depend on who is first is tried, and
 * lines are compared sorted. A tick stops its timer at once: each VM that has one logs it once.
 */
import { call, get, on, script } from '../cases/parts.ts'
import type { ProbeCase } from '../observed.ts'

const once = (...lines: readonly string[]) => script(on('configure', 'tick 30'), on('tick', 'tick 0', ...lines))
const rooted = ['prop plugin_name', 'prop plugin_root_id', 'prop plugin_vm_id', 'prop request%00path', 'prop xds%00node%00user_agent_name', 'get 0 :path', 'pairs 0', 'add 0 a b', 'getbuf 0 0 9', 'getbuf 6 0 99', 'getbuf 7 0 99', 'continue 0', 'close 0', 'reply 403 d denied -1', 'effective 0', 'effective 99', 'done', 'setprop a b', 'status'] // biome-ignore format: calls
const singleton = true
/** Answered, and in its own time. */
const asked = { request: get, settle: 150 } as const

export const threadCases: readonly ProbeCase[] = [
  ...[1, 2].flatMap((workers): readonly ProbeCase[] => [
    {
      name: `${workers}: what a filter does in configure, it does in every VM`,
      workers,
      scripts: [on('configure', 'shget k', 'metric 0 started~ inc 1', 'log 2 up')],
      ...asked,
    },
    { name: `${workers}: a tick of a filter comes in every VM but the canary`, workers, scripts: [once()], ...asked },
    {
      name: `${workers}: a singleton service, and what its root context can do`,
      workers,
      scripts: [],
      services: [{ script: once(...rooted), singleton }],
      ...asked,
    },
    {
      name: `${workers}: a service of each worker`,
      workers,
      scripts: [],
      services: [{ script: once('prop plugin_name'), singleton: false }],
      ...asked,
    },
    {
      name: `${workers}: two services of one VM`,
      workers,
      scripts: [],
      services: [
        { script: once('log 2 first'), singleton },
        { script: once('log 2 second'), singleton },
      ],
      ...asked,
    },
    {
      name: `${workers}: a queue of a singleton service, filled by a filter of another vm_id`,
      workers,
      scripts: [on('request_headers', 'resolve services jobs', 'enqueue one', 'enqueue two')],
      services: [{ script: script(on('configure', 'register jobs'), on('queue_ready', 'dequeue')), singleton }],
      ...asked,
    },
    {
      name: `${workers}: a queue of a singleton service is not found under the own vm_id`,
      workers,
      scripts: [on('request_headers', 'resolve  jobs', 'resolve nobody jobs')],
      services: [{ script: on('configure', 'register jobs'), singleton }],
      ...asked,
    },
    {
      name: `${workers}: shared data belong to a vm_id`,
      workers,
      scripts: [on('request_headers', 'shget k', 'shset k mine 0', 'shget k')],
      services: [{ script: script(on('configure', 'shset k theirs 0', 'tick 30'), on('tick', 'tick 0', 'shget k')), singleton }], // biome-ignore format: one
      ...asked,
    },
    {
      name: `${workers}: the second of two requests sees what the first one stored, whichever worker took it`,
      workers,
      scripts: [on('request_headers', 'shget k', 'shset k v 0', 'shset k w 4294967295', 'shget k')],
      request: get,
      again: [{ after: 20 }],
    },
    {
      name: `${workers}: a service calls in its tick`,
      workers,
      scripts: [],
      services: [{ script: script(once(call), on('http_call_response', 'get 6 :status', 'getbuf 4 0 99', 'status')), singleton }], // biome-ignore format: one
      ...asked,
    },
    {
      name: `${workers}: a service that traps in its tick, and a filter`,
      workers,
      scripts: [on('request_headers', 'log 2 alive')],
      services: [{ script: once('trap'), singleton }],
      ...asked,
    },
  ]),
]
