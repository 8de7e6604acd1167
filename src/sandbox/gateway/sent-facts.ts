import { type HeaderList, headerValue } from '../../model/http.ts'

/** What is asked of a client's headers more than once. A request that is sent many times brings the same list. */
type SentFacts = { headers: HeaderList; method: string; authority: string; requestId: string | undefined }

let lastSent: SentFacts | undefined

export function sentFacts(headers: HeaderList): SentFacts {
  if (lastSent?.headers === headers) return lastSent
  const made = {
    headers,
    method: headerValue(headers, ':method') ?? '',
    authority: headerValue(headers, ':authority') ?? '',
    requestId: headerValue(headers, 'x-request-id'),
  }
  lastSent = made
  return made
}
