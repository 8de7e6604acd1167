import { OUT_POINTER, OUT_SIZE, at, takeBytes, textOf, utf8 } from './bytes'
import { HttpContext, RootContext } from './context'
import { proxy_get_property } from './host'
import { logWarn } from './log'

type RootFactory = (id: u32, rootId: string) => RootContext
type HttpFactory = (id: u32, root: RootContext) => HttpContext

const rootIds = new Array<string>()
const factories = new Array<RootFactory>()
const roots = new Map<u32, RootContext>()
const streams = new Map<u32, HttpContext>()

/** The context whose callback is running. */
let currentId: u32 = 0

class PlainRoot extends RootContext {
  constructor(
    id: u32,
    rootId: string,
    private readonly create: HttpFactory,
  ) {
    super(id, rootId)
  }
  createHttpContext(id: u32): HttpContext {
    return this.create(id, this)
  }
}

const httpIds = new Array<string>()
const httpFactories = new Array<HttpFactory>()

/**
 * Says who handles a plugin: `registerRootContext((id, rootId) => new Counter(id, rootId))`. With several plugins in one
 * module give each its root id; without one it takes every plugin that no other registration names.
 */
export function registerRootContext(create: RootFactory, rootId: string = ''): void {
  rootIds.push(rootId)
  factories.push(create)
}

/** The short form for a plugin that needs no root context of its own. */
export function registerHttpContext(create: HttpFactory, rootId: string = ''): void {
  httpIds.push(rootId)
  httpFactories.push(create)
}

export function currentContextId(): u32 {
  return currentId
}

export function enterContext(id: u32): void {
  currentId = id
}

export function createContext(id: u32, parent: u32): void {
  if (parent == 0) roots.set(id, createRoot(id))
  else if (roots.has(parent)) streams.set(id, roots.get(parent).createHttpContext(id))
  else logWarn('context ' + id.toString() + ' has the unknown parent ' + parent.toString())
}

function createRoot(id: u32): RootContext {
  const rootId = readRootId()
  const named = rootIds.indexOf(rootId)
  if (named >= 0) return factories[named](id, rootId)
  const namedHttp = httpIds.indexOf(rootId)
  if (namedHttp >= 0) return new PlainRoot(id, rootId, httpFactories[namedHttp])
  const open = rootIds.indexOf('')
  if (open >= 0) return factories[open](id, rootId)
  const openHttp = httpIds.indexOf('')
  if (openHttp >= 0) return new PlainRoot(id, rootId, httpFactories[openHttp])
  if (factories.length + httpFactories.length == 1) {
    return factories.length == 1 ? factories[0](id, rootId) : new PlainRoot(id, rootId, httpFactories[0])
  }
  logWarn('no context is registered for the root id "' + rootId + '": every request passes')
  return new RootContext(id, rootId)
}

function readRootId(): string {
  const path = utf8('plugin_root_id')
  const status = proxy_get_property(at(path), path.byteLength, OUT_POINTER, OUT_SIZE)
  return status == 0 ? textOf(takeBytes()) : ''
}

export function rootOf(id: u32): RootContext | null {
  return roots.has(id) ? roots.get(id) : null
}

export function streamOf(id: u32): HttpContext | null {
  return streams.has(id) ? streams.get(id) : null
}

export function deleteContext(id: u32): void {
  streams.delete(id)
  roots.delete(id)
}
