import { HttpContext, Json, proxywasm, types, wrapper } from '@proxyground/sdk/higress'
export * from '@proxyground/sdk/higress/proxy'

class Config {
  word: string = ''
  replacement: string = ''
}

wrapper.SetCtx<Config>('stream-events', [
  wrapper.ParseConfig<Config>(parseConfig),
  wrapper.ProcessRequestHeaders<Config>(onRequestHeaders),
  wrapper.ProcessResponseHeaders<Config>(onResponseHeaders),
  wrapper.ProcessStreamingResponseBody<Config>(onChunk),
])

function parseConfig(json: Json, config: Config): Error | null {
  config.word = json.Get('word').String()
  config.replacement = json.Get('replacement').String()
  return config.word == '' ? new Error('word is missing') : null
}

/** A packed response could not be searched. */
function onRequestHeaders(ctx: HttpContext, config: Config): types.Action {
  proxywasm.RemoveHttpRequestHeader('accept-encoding')
  return types.HeaderContinue
}

function onResponseHeaders(ctx: HttpContext, config: Config): types.Action {
  if (!proxywasm.GetHttpResponseHeader('content-type').startsWith('text/event-stream')) {
    ctx.DontReadResponseBody()
    return types.HeaderContinue
  }
  proxywasm.RemoveHttpResponseHeader('content-length')
  return types.HeaderContinue
}

/** What is not yet a whole event waits in the context for the next chunk: chunks do not end where events do. */
function onChunk(ctx: HttpContext, config: Config, chunk: ArrayBuffer, isLastChunk: bool): ArrayBuffer {
  const data = joined(ctx.GetByteSliceContext('rest', new ArrayBuffer(0)), chunk)
  const whole = isLastChunk ? data.byteLength : endOfEvents(data)
  ctx.SetContext<ArrayBuffer>('rest', data.slice(whole))
  const events = String.UTF8.decode(data.slice(0, whole))
  return String.UTF8.encode(events.replaceAll(config.word, config.replacement))
}

/** Behind the last empty line; in bytes, since a chunk may end inside a letter. */
function endOfEvents(data: ArrayBuffer): i32 {
  const bytes = Uint8Array.wrap(data)
  for (let i = bytes.length - 1; i > 0; i--) {
    if (bytes[i] == 0x0a && bytes[i - 1] == 0x0a) return i + 1
  }
  return 0
}

function joined(first: ArrayBuffer, second: ArrayBuffer): ArrayBuffer {
  const all = new Uint8Array(first.byteLength + second.byteLength)
  all.set(Uint8Array.wrap(first))
  all.set(Uint8Array.wrap(second), first.byteLength)
  return all.buffer
}
