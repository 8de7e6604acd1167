import type { HeaderList } from '../../model/http.ts'
import { toBase64 } from '../../model/project/bytes.ts'
import type { BodyReport, MessageReport } from '../../model/report.ts'

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Text if the bytes are valid UTF-8, else base64 (design section 2). */
export function bodyReport(bytes: Uint8Array): BodyReport {
  try {
    return { text: decoder.decode(bytes) }
  } catch {
    return { base64: toBase64(bytes) }
  }
}

export const messageReport = (headers: HeaderList, body: Uint8Array, trailers: HeaderList): MessageReport => ({
  headers,
  trailers,
  body: bodyReport(body),
})
