/** Requests and lines that many cases share. */
export const get = { method: 'GET', path: '/get?a=1' } as const
export const post = {
  method: 'POST',
  path: '/post',
  headers: [['content-type', 'text/plain']],
  chunks: ['0123456789'],
} as const
export const chunked = {
  method: 'POST',
  path: '/post',
  chunks: ['0123456789', 'abcdefghijklmnopqrst', 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123'],
} as const

export const call = 'call auth 1000 %3A :method=GET :path=/check :authority=auth.test'.replace('%3A', '')
export const on = (callback: string, ...lines: readonly string[]) => [`on ${callback}`, ...lines].join('\n')
export const script = (...sections: readonly string[]) => sections.join('\n')
export const observer = script(on('request_headers'), on('response_headers', 'get 2 :status'))
