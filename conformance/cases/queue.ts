import type { ProbeCase } from '../observed.ts'
import { get, on, script } from './parts.ts'

/** Shared queues (proxy-wasm-host.md 8.6, envoy-observed.md h). */
export const queueCases: readonly ProbeCase[] = [
  {
    name: 'shared queue: register, enqueue, dequeue in one callback',
    scripts: [
      on(
        'request_headers',
        'register q',
        'register q',
        'resolve  q',
        'enqueue one',
        'enqueue two',
        'enqueue ',
        'dequeue',
        'dequeue',
        'dequeue',
        'dequeue',
      ),
    ],
    request: get,
  },
  {
    name: 'shared queue: unknown names and ids',
    scripts: [
      on(
        'request_headers',
        'resolve  nope',
        'resolve othervm q',
        'enqueue x 999',
        'dequeue 999',
        'register ',
        'resolve  ',
      ),
    ],
    request: get,
  },
  {
    name: 'shared queue: on_queue_ready comes later, once per item, and drains',
    scripts: [
      script(
        on('request_headers', 'register q', 'enqueue one', 'enqueue two', 'return 4'),
        on('queue_ready', 'dequeue', 'dequeue', 'prop plugin_name', 'get 0 :path', 'continue 0'),
      ),
    ],
    request: get,
  },
  {
    name: 'shared queue: already drained when on_queue_ready comes',
    scripts: [
      script(on('request_headers', 'register q', 'enqueue one', 'dequeue', 'return 4'), on('queue_ready', 'dequeue')),
    ],
    request: get,
  },
  {
    name: 'shared queue: the last registrar is told',
    scripts: [
      script(on('request_headers', 'register q'), on('queue_ready', 'dequeue')),
      script(on('request_headers', 'register q', 'enqueue one', 'return 4'), on('queue_ready', 'dequeue')),
    ],
    request: get,
  },
  {
    name: 'shared queue: the other plugin resolves and enqueues',
    scripts: [
      script(on('request_headers', 'register q'), on('queue_ready', 'dequeue')),
      on('request_headers', 'resolve  q', 'enqueue item', 'return 4'),
    ],
    request: get,
  },
  {
    name: 'shared queue: an item enqueued in on_queue_ready',
    scripts: [
      script(
        on('request_headers', 'register q', 'enqueue one', 'return 4'),
        on('queue_ready', 'dequeue', '@1 enqueue again'),
      ),
    ],
    request: get,
  },
  {
    name: 'shared queue: enqueued in log, the stream is gone when it is ready',
    scripts: [script(on('log', 'register q', 'enqueue one'), on('queue_ready', 'dequeue'))],
    request: get,
  },
]
