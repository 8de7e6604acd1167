/** What lives outside the VMs: shared data, queues and metrics of the gateway process (proxy-wasm-host.md 8.5 to 8.7). */
import { Histogram } from '../../model/histogram.ts'
import { bounds, mostStoredBytes } from '../host/bounds.ts'
import type { MetricKind, MetricStore, SharedDataStore, SharedQueueStore, StatValue } from '../vm/seam.ts'

export type Stores = {
  readonly sharedData: SharedDataStore
  readonly sharedQueues: SharedQueueStore
  readonly metrics: MetricStore
  /** With the same contents now and apart from then on; nobody is told of items in its queues. */
  readonly copyStores: () => Stores
}

export function createStores(): Stores {
  return storesOf(createSharedData(), createSharedQueues())
}

function storesOf(data: Copied<SharedDataStore>, queues: Copied<SharedQueueStore>): Stores {
  return {
    sharedData: data,
    sharedQueues: queues,
    metrics: createMetrics(),
    copyStores: () => storesOf(data.copy(), queues.copy()),
  }
}

type Copied<T> = T & { copy(): Copied<T> }

type Shared = { readonly value: Uint8Array; readonly cas: number }
type Spaces = Map<string, Map<string, Shared>>
type Kept = { lastCas: number; keys: number; bytes: number }

/** One CAS counter for the whole process, from 1; `cas` 0 and a missing key always store. */
function createSharedData(
  spaces: Spaces = new Map(),
  before: Kept = { lastCas: 0, keys: 0, bytes: 0 },
): Copied<SharedDataStore> {
  const kept = { ...before }
  return {
    copy: () => createSharedData(new Map([...spaces].map(([vmId, space]) => [vmId, new Map(space)])), kept),
    get: (vmId, key) => spaces.get(vmId)?.get(key),
    set: (vmId, key, value, cas) => {
      const space = spaces.get(vmId) ?? new Map<string, Shared>()
      spaces.set(vmId, space)
      const existing = space.get(key)
      if (cas !== 0 && existing !== undefined && existing.cas !== cas) return false
      const grows = value.length - (existing?.value.length ?? 0)
      if (existing === undefined && kept.keys >= bounds.sharedData) return 'full'
      if (kept.bytes + grows > mostStoredBytes) return 'full'
      if (existing === undefined) kept.keys++
      kept.bytes += grows
      space.set(key, { value: value.slice(), cas: ++kept.lastCas })
      return true
    },
    entries: () =>
      [...spaces].flatMap(([vmId, space]) =>
        [...space].map(([key, { value, cas }]) => [vmId, key, value, cas] as const),
      ),
  }
}

type Queue = { readonly items: Uint8Array[]; consumer: (queue: number) => void }

/** Ids from 1, first in first out; the last registrar of a queue is told once for every item. */
function createSharedQueues(queues: Queue[] = [], ids = new Map<string, number>()): Copied<SharedQueueStore> {
  const keyOf = (vmId: string, name: string): string => `${vmId.length} ${vmId}${name}`
  const waiting = { items: 0, bytes: 0 }
  for (const { items } of queues) {
    waiting.items += items.length
    for (const { length } of items) waiting.bytes += length
  }
  return {
    copy: () =>
      createSharedQueues(
        queues.map(({ items }) => ({ items: [...items], consumer: () => {} })),
        new Map(ids),
      ),
    register: (vmId, name, consumer) => {
      const key = keyOf(vmId, name)
      const known = ids.get(key)
      const existing = known === undefined ? undefined : queues[known - 1]
      if (known !== undefined && existing !== undefined) {
        existing.consumer = consumer
        return known
      }
      if (queues.length >= bounds.queues) return 'full'
      const id = queues.push({ items: [], consumer })
      ids.set(key, id)
      return id
    },
    resolve: (vmId, name) => ids.get(keyOf(vmId, name)),
    enqueue: (id, value) => {
      const queue = queues[id - 1]
      if (queue === undefined) return false
      if (waiting.items >= bounds.queueItems || waiting.bytes + value.length > mostStoredBytes) return 'full'
      waiting.items++
      waiting.bytes += value.length
      queue.items.push(value.slice())
      queue.consumer(id)
      return true
    },
    dequeue: (id) => {
      const queue = queues[id - 1]
      if (queue === undefined) return 'unknown'
      const item = queue.items.shift()
      if (item === undefined) return 'empty'
      waiting.items--
      waiting.bytes -= item.length
      return item
    },
  }
}

/** Stats by kind and name, shared by every VM; a name may exist once per kind. */
function createMetrics(): MetricStore {
  const stats = new Map<string, { kind: MetricKind; name: string; stat: StatValue }>()
  return {
    stat: (kind, name) => {
      const key = `${kind} ${name}`
      let entry = stats.get(key)
      if (entry === undefined) {
        entry = { kind, name, stat: { value: 0n, histogram: new Histogram() } }
        stats.set(key, entry)
      }
      return entry.stat
    },
    entries: () => [...stats.values()].map(({ kind, name, stat }) => ({ name, kind, ...stat })),
  }
}
