import type { HeaderList } from '../../../model/http.ts'
import { byteStringText, utf8 } from '../../timeline/display-text.ts'
import { type Answerer, reasonPhrase } from '../../timeline/status-line.ts'
import { CURL_VERSION, type CurlCommand } from './curl-options.ts'

/** How one transfer went, as the run shows it. */
export type Transfer = {
  readonly url: string
  readonly requestHeaders: HeaderList
  readonly response:
    | { readonly headers: HeaderList; readonly body: Uint8Array; readonly trailers: HeaderList }
    | undefined
  /** `hung`: nothing came and nothing can come. */
  /** Whose words the status line has. */
  readonly answerer: Answerer
  readonly ended: 'complete' | 'reset' | 'truncated' | 'hung' | 'client-abort' | 'deadline' | 'rejected'
  /** Virtual milliseconds from the request to the last byte. */
  readonly milliseconds: number
}

/** What curl prints for a transfer, in order: to standard error before the body, to standard output, then a failure. */
export type Printed = { readonly error: string; readonly out: string; readonly failure: string; readonly code: number }

export function printTransfer(command: CurlCommand, transfer: Transfer): Printed {
  const { response } = transfer
  const status = statusOf(response?.headers ?? [])
  const failed = command.fail && status >= 400
  const head = response === undefined ? '' : headText(command, response.headers, transfer.answerer)
  const shown = command.output === undefined || command.output === '-'
  const body = response === undefined || command.head || failed || !shown ? '' : bodyText(response.body)
  const out = `${(command.include || command.head) && shown && !failed ? head : ''}${body}`
  const failure = failureOf(command, transfer, status, failed)
  const quiet = command.silent && !command.showError
  const progress = !shown && !command.silent && !command.verbose
  const error = `${command.verbose ? verboseText(command, transfer) : ''}${
    progress ? meter(response?.body.length ?? 0, transfer.milliseconds) : ''
  }`
  return {
    error,
    out: `${out}${writeOut(command, transfer, status)}`,
    failure: failure === undefined || quiet ? '' : `curl: (${failure.code}) ${failure.text}\n`,
    code: failure?.code ?? 0,
  }
}

const statusOf = (headers: HeaderList): number => Number(headers.find(([name]) => name === ':status')?.[1] ?? 0)

/** Status line and headers as they were on the wire. HTTP/2 has no reason phrase. */
function headText(command: CurlCommand, headers: HeaderList, answerer: Answerer): string {
  const status = statusOf(headers)
  const first = command.protocol === 'h2' ? `HTTP/2 ${status} ` : `HTTP/1.1 ${status} ${reasonPhrase(status, answerer)}`
  const lines = headers
    .filter(([name]) => !name.startsWith(':'))
    .map(([name, value]) => `${name}: ${byteStringText(value)}`)
  return `${[first, ...lines].join('\n')}\n\n`
}

function bodyText(body: Uint8Array): string {
  const text = utf8(body)
  if (text !== undefined) return text
  return `Warning: Binary output can mess up your terminal. Use "--output -" to tell \nWarning: curl to output it to your terminal anyway, or consider "--output \nWarning: <FILE>" to save to a file.\n`
}

type Failure = { readonly code: number; readonly text: string }

function failureOf(command: CurlCommand, transfer: Transfer, status: number, failed: boolean): Failure | undefined {
  const { response, ended, milliseconds } = transfer
  const received = response?.body.length ?? 0
  if (failed) return { code: 22, text: `The requested URL returned error: ${status}` }
  if (command.maxTime !== undefined && (ended === 'client-abort' || ended === 'hung'))
    return {
      code: 28,
      text: `Operation timed out after ${Math.round(Math.max(command.maxTime, milliseconds))} milliseconds with ${received} bytes received`,
    }
  if (ended === 'truncated') {
    const length = Number(response?.headers.find(([name]) => name === 'content-length')?.[1] ?? Number.NaN)
    return Number.isNaN(length)
      ? { code: 18, text: 'transfer closed with outstanding read data remaining' }
      : { code: 18, text: `transfer closed with ${length - received} bytes remaining to read` }
  }
  if (ended === 'reset')
    return response === undefined
      ? { code: 52, text: 'Empty reply from server' }
      : { code: 56, text: 'Recv failure: Connection reset by peer' }
  return undefined
}

function verboseText(command: CurlCommand, transfer: Transfer): string {
  const { host, port, target } = urlParts(transfer.url)
  const version = command.protocol === 'h2' ? 'HTTP/2' : 'HTTP/1.1'
  const sent = transfer.requestHeaders.filter(([name]) => !name.startsWith(':') && name.toLowerCase() !== 'host')
  const own = transfer.requestHeaders.find(([name]) => name.toLowerCase() === 'host')?.[1]
  const lines = [
    `*   Trying 127.0.0.1:${port}...`,
    `* Connected to ${host} (127.0.0.1) port ${port}`,
    `> ${command.method} ${target} ${version}`,
    `> Host: ${own ?? `${host}${port === 80 ? '' : `:${port}`}`}`,
    ...sent.map(([name, value]) => `> ${curlCase(name)}: ${value}`),
    '> ',
    ...(command.body === undefined
      ? []
      : [`* upload completely sent off: ${new TextEncoder().encode(command.body).length} bytes`]),
    ...(transfer.response === undefined
      ? []
      : headText(command, transfer.response.headers, transfer.answerer)
          .trimEnd()
          .split('\n')
          .map((line) => `< ${line}`)
          .concat('< ')),
    transfer.response === undefined ? '* Closing connection' : `* Connection #0 to host ${host} left intact`,
  ]
  return `${lines.join('\n')}\n`
}

/** Names curl writes by itself are capitalised; the others are as typed. */
const curlCase = (name: string): string =>
  [
    'user-agent',
    'accept',
    'content-type',
    'authorization',
    'cookie',
    'referer',
    'accept-encoding',
    'content-length',
  ].includes(name)
    ? name.replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase())
    : name

export function urlParts(url: string): { readonly host: string; readonly port: number; readonly target: string } {
  const match = /^(?:https?:\/\/)?(\[[^\]]*\]|[^/?#:]*)(?::(\d+))?([^#]*)/i.exec(url)
  const path = match?.[3] ?? ''
  return {
    host: match?.[1] ?? '',
    port: match?.[2] === undefined ? 80 : Number(match[2]),
    target: path.startsWith('/') ? path : `/${path}`,
  }
}

function meter(bytes: number, milliseconds: number): string {
  const speed = milliseconds > 0 ? Math.round((bytes * 1000) / milliseconds) : bytes
  const size = String(bytes).padStart(5)
  return (
    '  % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current\n' +
    '                                 Dload  Upload   Total   Spent    Left  Speed\n' +
    `100 ${size}  100 ${size}    0     0  ${String(speed).padStart(5)}      0 --:--:-- --:--:-- --:--:-- ${String(speed).padStart(5)}\n`
  )
}

/** `-w`: the variables that a run can know. Others are printed as curl prints unknown ones: with a warning-free gap. */
function writeOut(command: CurlCommand, transfer: Transfer, status: number): string {
  if (command.writeOut === '') return ''
  const header = (name: string) => transfer.response?.headers.find(([key]) => key === name)?.[1] ?? ''
  const values: Readonly<Record<string, string>> = {
    http_code: String(status).padStart(3, '0'),
    response_code: String(status).padStart(3, '0'),
    size_download: String(transfer.response?.body.length ?? 0),
    size_upload: String(command.body === undefined ? 0 : new TextEncoder().encode(command.body).length),
    time_total: (transfer.milliseconds / 1000).toFixed(6),
    content_type: header('content-type'),
    redirect_url: header('location'),
    url: transfer.url,
    url_effective: transfer.url,
    method: command.method,
    http_version: command.protocol === 'h2' ? '2' : '1.1',
    num_headers: String(transfer.response?.headers.filter(([name]) => !name.startsWith(':')).length ?? 0),
    remote_port: String(urlParts(transfer.url).port),
    remote_ip: '127.0.0.1',
    scheme: 'http',
    exitcode: '0',
  }
  return command.writeOut.replace(/%%|%\{(\w+)\}/g, (found, name: string | undefined) =>
    name === undefined ? '%' : Object.hasOwn(values, name) ? (values[name] ?? '') : found,
  )
}

export const curlVersion = `curl ${CURL_VERSION} (proxyground) emulated
Protocols: http
Features: HTTP2
`
