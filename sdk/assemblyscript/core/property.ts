import { at, OUT_POINTER, OUT_SIZE, takeBytes, textOf, utf8 } from './bytes'
import { proxy_get_property, proxy_set_property } from './host'
import { keepStatus, Status } from './status'

/** A property's bytes by path, e.g. `['request', 'path']`; null if there is none (`lastStatus()` says why). */
export function getProperty(path: string[]): ArrayBuffer | null {
  const key = utf8(path.join('\0'))
  const status = proxy_get_property(at(key), key.byteLength, OUT_POINTER, OUT_SIZE)
  return keepStatus(status) == Status.Ok ? takeBytes() : null
}

/** A text property, e.g. `['route_name']`. */
export function getPropertyText(path: string[]): string | null {
  const bytes = getProperty(path)
  return bytes === null ? null : textOf(bytes)
}

/** A number, time or duration (8 bytes, little endian; times in nanoseconds); 0 if there is none. */
export function getPropertyInt(path: string[]): i64 {
  const bytes = getProperty(path)
  return bytes !== null && bytes.byteLength == 8 ? load<i64>(at(bytes)) : 0
}

/** Leaves a value for the other plugins of this stream and for the access log (`wasm.<name>`). */
export function setProperty(path: string[], value: ArrayBuffer): Status {
  const key = utf8(path.join('\0'))
  return keepStatus(proxy_set_property(at(key), key.byteLength, at(value), value.byteLength))
}

export function setPropertyText(path: string[], value: string): Status {
  return setProperty(path, utf8(value))
}
