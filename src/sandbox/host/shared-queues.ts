import { bytesIn, bytesOut, textIn, u32, u32Out } from '../abi/declare.ts'
import { Status } from '../abi/status.ts'
import { atLimit } from './bounds.ts'
import { type EnvFunction, type HostCall, hostFunction } from './call.ts'

/** Shared queues (proxy-wasm-host.md 2.6, 8.6). */
export const sharedQueues: readonly EnvFunction[] = [
  hostFunction('proxy_register_shared_queue', { name: textIn }, { queue: u32Out }, (call, { name }, out) => {
    // A stream registers its root: on_queue_ready is a callback of roots.
    const host = call.context.root?.host
    const { sharedQueues: queues } = call.vm.environment
    const queue = queues.register(call.vm.vmId, name, (ready) => host?.queueReady(ready))
    if (queue === 'full') return atLimit(call, 'queues')
    out.queue = queue
    return Status.Ok
  }),
  hostFunction(
    'proxy_resolve_shared_queue',
    { vm_id: textIn, name: textIn },
    { queue: u32Out },
    (call, { vm_id, name }, out) => {
      const found = call.vm.environment.sharedQueues.resolve(vm_id === '' ? call.vm.vmId : vm_id, name)
      if (found === undefined) return call.refuse(Status.NotFound, { code: 'unknown-name', name })
      out.queue = found
      return Status.Ok
    },
  ),
  hostFunction('proxy_dequeue_shared_queue', { queue: u32 }, { value: bytesOut }, (call, { queue }, out) => {
    const item = call.vm.environment.sharedQueues.dequeue(queue)
    if (item === 'unknown') return unknown(call, queue)
    if (item === 'empty') return Status.Empty
    out.value = item
    return Status.Ok
  }),
  hostFunction('proxy_enqueue_shared_queue', { queue: u32, value: bytesIn }, {}, (call, { queue, value }) => {
    const taken = call.vm.environment.sharedQueues.enqueue(queue, value)
    if (taken === 'full') return atLimit(call, 'queueItems')
    return taken ? Status.Ok : unknown(call, queue)
  }),
]

const unknown = (call: HostCall, queue: number): number =>
  call.refuse(Status.NotFound, { code: 'unknown-name', name: `queue ${queue}` })
