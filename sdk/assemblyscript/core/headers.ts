import { at, OUT_POINTER, OUT_SIZE, takeBytes, textOf, utf8 } from './bytes'
import {
  proxy_add_header_map_value,
  proxy_get_header_map_pairs,
  proxy_get_header_map_value,
  proxy_remove_header_map_value,
  proxy_replace_header_map_value,
  proxy_set_header_map_pairs,
} from './host'
import { decodeBytePairs, decodePairs, encodePairs } from './pairs'
import { keepStatus, Status } from './status'

/** Which headers or trailers a map stands for. */
export enum MapType {
  RequestHeaders = 0,
  RequestTrailers = 1,
  ResponseHeaders = 2,
  ResponseTrailers = 3,
  CallResponseHeaders = 6,
  CallResponseTrailers = 7,
}

/**
 * Headers or trailers of the current stream, read and written in the gateway itself: nothing is copied. A map can only
 * be used while the gateway holds it (request headers: in the header callback, and afterwards while it is paused);
 * outside that every method answers `Status.BadArgument`.
 */
export class HeaderMap {
  constructor(readonly type: MapType) {}

  /** The first value, or null if there is none (then `lastStatus()` says why). */
  get(name: string): string | null {
    const bytes = this.getBytes(name)
    return bytes === null ? null : textOf(bytes)
  }

  /** The first value as the bytes it is. */
  getBytes(name: string): ArrayBuffer | null {
    const key = utf8(name)
    const status = proxy_get_header_map_value(this.type, at(key), key.byteLength, OUT_POINTER, OUT_SIZE)
    return keepStatus(status) == Status.Ok ? takeBytes() : null
  }

  /** True if the header is there, be it empty. */
  has(name: string): bool {
    return this.getBytes(name) !== null
  }

  /** Every value of a header, in order. */
  all(name: string): string[] {
    const lower = name.toLowerCase()
    const pairs = this.pairs()
    const values = new Array<string>()
    for (let i = 0; i < pairs.length; i++) if (pairs[i][0] == lower) values.push(pairs[i][1])
    return values
  }

  /** Appends a value; one that is there stays. */
  add(name: string, value: string): Status {
    return this.addBytes(name, utf8(value))
  }

  addBytes(name: string, value: ArrayBuffer): Status {
    const key = utf8(name)
    return keepStatus(proxy_add_header_map_value(this.type, at(key), key.byteLength, at(value), value.byteLength))
  }

  /** Sets a header to exactly this value. */
  replace(name: string, value: string): Status {
    return this.replaceBytes(name, utf8(value))
  }

  replaceBytes(name: string, value: ArrayBuffer): Status {
    const key = utf8(name)
    return keepStatus(proxy_replace_header_map_value(this.type, at(key), key.byteLength, at(value), value.byteLength))
  }

  /** Removes every value. A missing header is Ok. */
  remove(name: string): Status {
    const key = utf8(name)
    return keepStatus(proxy_remove_header_map_value(this.type, at(key), key.byteLength))
  }

  /** All headers in order, pseudo headers (`:path`) included, as `[[name, value], …]`. */
  pairs(): string[][] {
    return keepStatus(proxy_get_header_map_pairs(this.type, OUT_POINTER, OUT_SIZE)) == Status.Ok
      ? decodePairs(takeBytes())
      : []
  }

  /** All headers as bytes: name, value, name, value, … */
  pairBytes(): ArrayBuffer[] {
    return keepStatus(proxy_get_header_map_pairs(this.type, OUT_POINTER, OUT_SIZE)) == Status.Ok
      ? decodeBytePairs(takeBytes())
      : []
  }

  /** Removes **every** header, pseudo headers too, then sets these. */
  setAll(pairs: string[][]): Status {
    const block = encodePairs(pairs)
    return keepStatus(proxy_set_header_map_pairs(this.type, at(block), block.byteLength))
  }
}
