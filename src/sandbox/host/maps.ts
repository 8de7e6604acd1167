import type { HeaderList } from '../../model/http.ts'
import { bytesOut, enumOf, pairsIn, pairsOut, textIn, u32Out } from '../abi/declare.ts'
import { MapType, mapNames } from '../abi/enums.ts'
import { Status } from '../abi/status.ts'
import type { HeaderMap } from '../vm/seam.ts'
import { type EnvFunction, type HostCall, hostFunction } from './call.ts'

const map = enumOf(mapNames)

/** Header, trailer and metadata maps (proxy-wasm-host.md 2.2). */
export const maps: readonly EnvFunction[] = [
  hostFunction('proxy_get_header_map_value', { map, key: textIn }, { value: bytesOut }, getValue),
  hostFunction('proxy_get_header_map_pairs', { map }, { pairs: pairsOut }, (call, args, out) => {
    // Not available is Ok and empty here, unlike everywhere else.
    out.pairs = readable(call, args.map)?.pairs() ?? []
    return Status.Ok
  }),
  hostFunction('proxy_get_header_map_size', { map }, { size: u32Out }, (call, args, out) => {
    // It asks for the map that can be written, so that it creates trailers as a write does (6.6), but changes nothing:
    // headers are asked for as for reading, else the route would be looked up again.
    const isTrailers = args.map === MapType.RequestTrailers || args.map === MapType.ResponseTrailers
    // In on_log the map for reading is another one.
    const live = isTrailers || call.context.host?.inLog === true
    const found = writable(call, args.map, live ? 'write' : 'read')
    if (found === undefined) return refuseWrite(call, args.map)
    out.size = found.byteSize()
    return Status.Ok
  }),
  hostFunction('proxy_add_header_map_value', { map, key: textIn, value: textIn }, {}, (call, args) => {
    const found = writable(call, args.map)
    if (found === undefined) return refuseWrite(call, args.map)
    found.add(args.key, args.value)
    return Status.Ok
  }),
  hostFunction('proxy_replace_header_map_value', { map, key: textIn, value: textIn }, {}, (call, args) => {
    const found = writable(call, args.map)
    if (found === undefined) return refuseWrite(call, args.map)
    found.replace(args.key, args.value)
    return Status.Ok
  }),
  hostFunction('proxy_remove_header_map_value', { map, key: textIn }, {}, (call, args) => {
    const found = writable(call, args.map)
    if (found === undefined) return refuseWrite(call, args.map)
    found.remove(args.key)
    return Status.Ok
  }),
  hostFunction('proxy_set_header_map_pairs', { map, pairs: pairsIn }, {}, (call, args) => {
    const found = writable(call, args.map)
    if (found === undefined) return refuseWrite(call, args.map)
    // Bytes that cannot be parsed count as an empty list (5.1); the reason stays beside the Ok.
    found.setAll(args.pairs ?? [])
    return args.pairs === undefined ? call.refuse(Status.Ok, { code: 'unparsable-pairs' }) : Status.Ok
  }),
]

function getValue(
  call: HostCall,
  args: { readonly map: number; readonly key: string },
  out: { value: Uint8Array | string | undefined },
): number {
  const found = readable(call, args.map)
  const old = call.vm.abi === '0_1_0'
  const inLog = call.context.host?.inLog === true && call.context.host.kind !== 'tcp'
  if (found === undefined) {
    if (inLog && old) {
      out.value = ''
      return Status.Ok
    }
    return call.refuse(inLog ? Status.NotFound : Status.BadArgument, unavailable(call, args.map))
  }
  const value = found.get(args.key)
  if (value === undefined && !old) return call.refuse(Status.NotFound, { code: 'unknown-name', name: args.key })
  out.value = value ?? ''
  return Status.Ok
}

/** What both kinds of maps, a stream's and a callout response's, have in common for reading. */
type Readable = Pick<HeaderMap, 'get' | 'pairs'>

function readable(call: HostCall, type: number): Readable | undefined {
  const response = call.context.root?.callResponse
  if (type === MapType.HttpCallResponseHeaders) return response && listMap(response.headers)
  // A response without trailers has no such map.
  if (type === MapType.HttpCallResponseTrailers)
    return response === undefined || response.trailers.length === 0 ? undefined : listMap(response.trailers)
  if (type === MapType.GrpcInitialMetadata) return listed(call.context.root?.grpc?.initialMetadata)
  if (type === MapType.GrpcTrailingMetadata) return listed(call.context.root?.grpc?.trailingMetadata)
  if (type > MapType.ResponseTrailers) return undefined
  return call.context.host?.headerMap(type, 'read')?.map
}

/**
 * The map if it can be changed; sizes ask for this one too. Maps 4 to 7 are read-only. In on_log it is what the stream's
 * last callbacks left: nothing, or trailers that were made in the last body callback.
 */
function writable(call: HostCall, type: number, intent: 'read' | 'write' = 'write'): HeaderMap | undefined {
  if (type > MapType.ResponseTrailers) return undefined
  const found = call.context.host?.headerMap(type, intent)
  return found?.writable === true ? found.map : undefined
}

function refuseWrite(call: HostCall, type: number): number {
  const exists = readable(call, type) !== undefined
  return call.refuse(
    Status.BadArgument,
    exists ? { code: 'map-read-only', map: mapNames[type] ?? '' } : unavailable(call, type),
  )
}

function unavailable(call: HostCall, type: number) {
  const phase = call.context.host?.phase ?? 'start'
  return { code: 'map-unavailable', map: mapNames[type] ?? '', phase } as const
}

const listed = (list: HeaderList | undefined): Readable | undefined => list && listMap(list)

function listMap(list: HeaderList): Readable {
  return {
    get: (name) => {
      const wanted = name.toLowerCase()
      return list.find(([key]) => key === wanted)?.[1]
    },
    pairs: () => list,
  }
}
