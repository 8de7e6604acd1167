import { type HeaderList, headerValue } from '../../model/http.ts'
import type { TraceRecord } from '../../model/trace.ts'

const REASONS: Readonly<Record<number, string>> = {
  100: 'Continue',
  101: 'Switching Protocols',
  103: 'Early Hints',
  200: 'OK',
  201: 'Created',
  202: 'Accepted',
  203: 'Non-Authoritative Information',
  204: 'No Content',
  205: 'Reset Content',
  206: 'Partial Content',
  207: 'Multi-Status',
  208: 'Already Reported',
  226: 'IM Used',
  300: 'Multiple Choices',
  301: 'Moved Permanently',
  302: 'Found',
  303: 'See Other',
  304: 'Not Modified',
  305: 'Use Proxy',
  307: 'Temporary Redirect',
  308: 'Permanent Redirect',
  400: 'Bad Request',
  401: 'Unauthorized',
  402: 'Payment Required',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  406: 'Not Acceptable',
  407: 'Proxy Authentication Required',
  408: 'Request Timeout',
  409: 'Conflict',
  410: 'Gone',
  411: 'Length Required',
  412: 'Precondition Failed',
  413: 'Payload Too Large',
  414: 'URI Too Long',
  415: 'Unsupported Media Type',
  416: 'Range Not Satisfiable',
  417: 'Expectation Failed',
  421: 'Misdirected Request',
  422: 'Unprocessable Entity',
  423: 'Locked',
  424: 'Failed Dependency',
  426: 'Upgrade Required',
  428: 'Precondition Required',
  429: 'Too Many Requests',
  431: 'Request Header Fields Too Large',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
  505: 'HTTP Version Not Supported',
  506: 'Variant Also Negotiates',
  507: 'Insufficient Storage',
  508: 'Loop Detected',
  510: 'Not Extended',
  511: 'Network Authentication Required',
}

/** Where httpbin's server (werkzeug behind gunicorn) has other words than Envoy, before it makes them upper-case. */
const HTTPBIN_REASONS: Readonly<Record<number, string>> = {
  413: 'Request Entity Too Large',
  414: 'Request URI Too Long',
  416: 'Requested Range Not Satisfiable',
  418: "I'm a teapot",
}

/** Who wrote the status line that the client read: the gateway, or httpbin asked on its own port. */
export type Answerer = 'gateway' | 'httpbin'

/**
 * The words after a status. Envoy writes `Unknown` for a code it does not know (envoy-observed.md, d); httpbin writes
 * upper-case words of its own (higress.md, httpbin).
 */
export function reasonPhrase(status: number, answerer: Answerer = 'gateway'): string {
  if (answerer === 'gateway') return REASONS[status] ?? 'Unknown'
  return (HTTPBIN_REASONS[status] ?? REASONS[status] ?? 'Unknown').toUpperCase()
}

/** `200 OK` for a response's headers. */
export function statusLine(headers: HeaderList, answerer: Answerer = 'gateway'): string {
  const status = headerValue(headers, ':status') ?? ''
  return status === '' ? '' : `${status} ${reasonPhrase(Number(status), answerer)}`
}

/** Of the exchange that these records tell of. */
export const answererOf = (records: readonly TraceRecord[]): Answerer =>
  records.some(({ event }) => event.type === 'request.headers' && event.listener === 'httpbin') ? 'httpbin' : 'gateway'
