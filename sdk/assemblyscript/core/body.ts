import { at, OUT_POINTER, OUT_SIZE, takeBytes, textOf, utf8 } from './bytes'
import { proxy_get_buffer_bytes, proxy_set_buffer_bytes } from './host'
import { keepStatus, Status } from './status'

export enum BufferType {
  RequestBody = 0,
  ResponseBody = 1,
  CallResponseBody = 4,
  VmConfiguration = 6,
  PluginConfiguration = 7,
  CallData = 8,
}

const ALL: u32 = 0x7fffffff

/** A body (or a configuration) that the gateway holds. What it covers depends on the phase: the new chunk, or all that is buffered. */
export class Body {
  constructor(readonly type: BufferType) {}

  /** Bytes from `start`, at most `size`; the gateway cuts both to what is there. */
  bytes(start: u32 = 0, size: u32 = ALL): ArrayBuffer {
    const status = proxy_get_buffer_bytes(this.type, start, size, OUT_POINTER, OUT_SIZE)
    return keepStatus(status) == Status.Ok ? takeBytes() : new ArrayBuffer(0)
  }

  text(start: u32 = 0, size: u32 = ALL): string {
    return textOf(this.bytes(start, size))
  }

  /** Puts `body` in the place of everything. Remove `content-length` in the header phase first. */
  replace(body: string): Status {
    return this.replaceBytes(utf8(body))
  }

  replaceBytes(body: ArrayBuffer): Status {
    return keepStatus(proxy_set_buffer_bytes(this.type, 0, ALL, at(body), body.byteLength))
  }

  append(body: string): Status {
    const bytes = utf8(body)
    return keepStatus(proxy_set_buffer_bytes(this.type, ALL, 0, at(bytes), bytes.byteLength))
  }

  prepend(body: string): Status {
    const bytes = utf8(body)
    return keepStatus(proxy_set_buffer_bytes(this.type, 0, 0, at(bytes), bytes.byteLength))
  }
}
