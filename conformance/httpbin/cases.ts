import { createHash } from 'node:crypto'
import type { Asked } from './compare.ts'

/** What is asked of the real httpbin. Bodies and header values are latin1: one char, one byte. */
type Header = readonly [name: string, value: string]
const request = (method: string, path: string, headers: readonly Header[] = [], body = ''): Asked => ({
  method,
  path,
  headers,
  body,
})
const get = (path: string, ...headers: Header[]) => request('GET', path, headers)
const type = (value: string): Header => ['Content-Type', value]
const json = (body: string) => request('POST', '/post', [type('application/json')], body)
const form = (body: string) => request('POST', '/post', [type('application/x-www-form-urlencoded')], body)
const part = (disposition: string, content: string, contentType = '') =>
  `Content-Disposition: form-data; ${disposition}\r\n${contentType ? `Content-Type: ${contentType}\r\n` : ''}\r\n${content}\r\n`
const multipart = (parts: readonly string[], end = '--xyz--\r\n') =>
  request(
    'POST',
    '/post',
    [type('multipart/form-data; boundary=xyz')],
    parts.map((p) => `--xyz\r\n${p}`).join('') + end,
  )

/** A digest answer for user u, password p (RFC 2617), with the hash worked out here. */
function digest(method: string, path: string, change: Readonly<Record<string, string | undefined>> = {}): Header {
  const { hash = 'md5', ...given } = change
  const of = (text: string) => createHash(hash).update(text, 'latin1').digest('hex')
  const plain = { username: 'u', realm: 'me@kennethreitz.com', nonce: 'abc', uri: path, qop: 'auth', nc: '00000001' }
  const fields: Readonly<Record<string, string | undefined>> = { ...plain, cnonce: 'c', ...given }
  const body = fields.qop === 'auth-int' ? `:${of('')}` : ''
  const second = of(`${method}:${path}${body}`)
  const middle = fields.qop === undefined ? 'abc' : `abc:${fields.nc}:${fields.cnonce}:${fields.qop}`
  const response = of(`${of('u:me@kennethreitz.com:p')}:${middle}:${second}`)
  const words = Object.entries({ ...fields, response }).filter(([, value]) => value !== undefined)
  return ['Authorization', `Digest ${words.map(([name, value]) => `${name}="${value}"`).join(', ')}`]
}

/** What does not depend on the request: kept as it came. */
export const fixedPages = [
  '/image/png',
  '/image/jpeg',
  '/image/webp',
  '/image/svg',
  '/encoding/utf8',
  '/forms/post',
  '/legacy',
  '/spec.json',
  '/',
]

export const cases: Readonly<Record<string, Asked>> = {
  // the plain ones
  get: get('/get'),
  'get with arguments': get('/get?a=1&b=2&a=3&c&d=&=e&&%C3%A9=%E4%BD%A0+x'),
  'get with bad escapes': get('/get?a=%zz&b=%ff&c=%25&d=%2'),
  'unicode and spaces in the path': get('/anything/%E4%BD%A0/a%20b/%2F/%3F/%25/%ff/~x+y'),
  'characters kept in the query': get("/get?q=a/b:c@d!e$f'g(h)i*j,k;l%26m%3dn%20o#frag"),
  'double slash': get('//get'),
  'empty query': get('/get?'),
  headers: get(
    '/headers',
    ['X-Under_score', '1'],
    ['x-b3traceid', '2'],
    ['X-Dup', 'a'],
    ['x-dup', 'b'],
    ['X-Empty', ''],
  ),
  'header bytes': get('/headers', ['X-Bytes', 'caf\u00c3\u00a9 \u00ff']),
  'hidden headers': get(
    '/headers',
    ['X-Request-Id', 'r'],
    ['Via', 'v'],
    ['X-Real-Ip', '1.1.1.1'],
    ['X-Forwarded-Port', '1'],
    ['X-Varnish', 'q'],
  ),
  'hidden headers shown': get('/headers?show_env', ['X-Request-Id', 'r'], ['Via', 'v'], ['X-Forwarded-For', '9.9.9.9']),
  'forwarded for': get('/get', ['X-Forwarded-For', '1.2.3.4, 5.6.7.8']),
  'forwarded proto': get('/get', ['X-Forwarded-Proto', 'https']),
  'forwarded ssl': get('/get', ['X-Forwarded-Ssl', 'on']),
  'forwarded host': get('/get', ['X-Forwarded-Host', 'other.example:99, x']),
  origin: get('/get', ['Origin', 'http://page.example']),
  ip: get('/ip'),
  'user agent': get('/user-agent', ['User-Agent', 'probe/1']),
  'no user agent': get('/user-agent'),
  json: get('/json'),
  html: get('/html'),
  xml: get('/xml'),
  robots: get('/robots.txt'),
  deny: get('/deny'),
  // methods
  head: request('HEAD', '/get'),
  'head of a status': request('HEAD', '/status/418'),
  'options of get': request('OPTIONS', '/get', [
    ['Origin', 'http://o'],
    ['Access-Control-Request-Headers', 'x-a, x-b'],
  ]),
  'options of post': request('OPTIONS', '/post'),
  'options of anything': request('OPTIONS', '/anything/x'),
  'wrong method for get': request('PUT', '/get'),
  'wrong method for post': get('/post'),
  'head of post': request('HEAD', '/post'),
  'not found': get('/nope'),
  'trailing slash': get('/get/'),
  'anything with nothing': get('/anything/'),
  'not found by post': request('POST', '/nope', [], 'x'),
  'anything by trace': request('TRACE', '/anything/a/b?x=1'),
  put: request('PUT', '/put', [type('text/plain')], 'hello'),
  patch: request('PATCH', '/patch', [type('text/plain')], 'hello'),
  delete: request('DELETE', '/delete'),
  'anything with a body by get': request('GET', '/anything', [type('application/json')], '{"b":1,"a":[]}'),
  // bodies
  'json sorted': json(
    '{"b": [1, 2.50, {"z": null, "a": true}], "a": {}, "\u00e4\u00bd\u00a0": "\\ud83d\\ude00", "Z": [], "_": "\\u0000\\/"}',
  ),
  'json numbers': json(
    '[1.0, 1e3, -0, -0.0, 12345678901234567890123, 1e-5, 0.0001, 1e16, 123456789012345680.0, 1E400, -1e400, 5e-324, 0.1]',
  ),
  'json words of Python': json('[NaN, Infinity, -Infinity]'),
  'json duplicate keys': json('{"a":1,"a":2}'),
  'json lone surrogate': json('{"a":"\\ud800"}'),
  'not quite json': json('{"a":1,}'),
  'json leading zero': json('[01]'),
  'json control character': json('["\t"]'),
  'json with a byte order mark': json('\u00ef\u00bb\u00bf{}'),
  'empty body': json(''),
  'json in a plain body': request('POST', '/post', [type('text/plain')], ' {"a": 1} '),
  'no content type': request('POST', '/post', [], 'x=1&y=2'),
  'binary body': request('POST', '/post', [type('application/octet-stream')], '\u00ff\u00fe\u0000\u0001'),
  'utf-8 body': request('POST', '/post', [type('text/plain')], 'caf\u00c3\u00a9 \u00f0\u009f\u0098\u0080 \u007f'),
  form: form('a=1&b=2&a=3&c=%20x+y&%C3%A9=1&d'),
  'form with a charset': request('POST', '/post', [type('Application/X-WWW-Form-Urlencoded; charset=utf-8')], 'a=1'),
  'form bytes': form('a=%ff&b=\u00ff'),
  multipart: multipart([
    part('name="a"', '1'),
    part('name="f"; filename="x.txt"', 'file text', 'text/plain'),
    part('name="a"', '2'),
  ]),
  'multipart binary file': multipart([
    part('name="f"; filename="x.bin"', '\u00ff\u00fe\r\n\u0000', 'image/png'),
    part('name="g"; filename=""', ''),
  ]),
  'multipart without an end': multipart([part('name="a"', '1')], ''),
  'multipart without a start': request('POST', '/post', [type('multipart/form-data; boundary=xyz')], 'garbage'),
  'multipart without a boundary': request('POST', '/post', [type('multipart/form-data')], 'garbage'),
  'chunked body': request('POST', '/post', [['Transfer-Encoding', 'chunked'], type('text/plain')], 'hello'),
  // status
  ...Object.fromEntries(
    [
      '200',
      '201',
      '204',
      '301',
      '302',
      '303',
      '304',
      '305',
      '307',
      '308',
      '400',
      '401',
      '402',
      '404',
      '406',
      '407',
      '412',
      '418',
      '429',
      '500',
      '503',
      '777',
      'abc',
      '200:x,201:1',
      '4 04',
      '%20200',
    ].map((code) => [`status ${code}`, get(`/status/${code.replaceAll(' ', '%20')}`)]),
  ),
  'status of one certain choice': get('/status/503:1,200:0'),
  'status by post': request('POST', '/status/201', [], 'body'),
  'delay 0': get('/delay/0'),
  'delay by post': request('POST', '/delay/0.001?x=1', [type('text/plain')], 'hi'),
  'delay of text': get('/delay/x'),
  'delay negative': get('/delay/-1'),
  'response headers': get('/response-headers?a=1&b=%20x&a=2'),
  'response headers over its own': get('/response-headers?Content-Type=text/plain%3B%20charset%3Dutf-8&X-Y=z'),
  'response headers none': get('/response-headers'),
  'response headers by post': request('POST', '/response-headers?x=1'),
  // the rest
  'stream 2': get('/stream/2?x=1', ['X-A', 'b']),
  'bytes seeded': get('/bytes/64?seed=0'),
  'bytes other seed': get('/bytes/700?seed=123456789012345'),
  'stream-bytes': get('/stream-bytes/20?seed=7&chunk_size=6'),
  'bytes bad seed': get('/bytes/1?seed=x'),
  drip: get('/drip?numbytes=3&duration=0'),
  'drip nothing': get('/drip?numbytes=0'),
  'redirect 1': get('/redirect/1'),
  'redirect 3': get('/redirect/3'),
  'redirect 0': get('/redirect/0'),
  'redirect absolute': get('/redirect/2?absolute=true'),
  'relative redirect 2': get('/relative-redirect/2'),
  'relative redirect 1': get('/relative-redirect/1'),
  'absolute redirect 1': get('/absolute-redirect/1'),
  'redirect to': get('/redirect-to?url=http%3A%2F%2Fx.example%2Fa%3Fb%3D1'),
  'redirect to with status': request('POST', '/redirect-to?url=/get&status_code=307'),
  'redirect to nowhere': get('/redirect-to'),
  cookies: get('/cookies', ['Cookie', 'a=1; b="x y"; __utma=2; a=3']),
  'cookies set': get('/cookies/set?k=v&q=a%20b%2Cc&e='),
  'cookies set by path': get('/cookies/set/n/v%22w'),
  'cookies delete': get('/cookies/delete?k&x=1'),
  'basic auth': get('/basic-auth/u/p', ['Authorization', 'Basic dTpw']),
  'basic auth refused': get('/basic-auth/u/p', ['Authorization', 'Basic dTpx']),
  'basic auth none': get('/basic-auth/u/p'),
  'hidden basic auth': get('/hidden-basic-auth/u/p'),
  bearer: get('/bearer', ['Authorization', 'Bearer tok en']),
  'bearer none': get('/bearer'),
  base64: get('/base64/SFRUUEJJTiBpcyBhd2Vzb21l'),
  'base64 url alphabet': get('/base64/4L2A8J-YgA=='),
  'base64 bad': get('/base64/xx!'),
  'base64 not text': get('/base64/_w=='),
  'cache fresh': get('/cache', ['If-None-Match', 'x']),
  'cache seconds': get('/cache/060'),
  etag: get('/etag/ab'),
  'etag match': get('/etag/ab', ['If-None-Match', 'W/"x", "ab"']),
  'etag failed': get('/etag/ab', ['If-Match', '"x"']),
  'links page': get('/links/3/1'),
  links: get('/links/3'),
  // encodings
  gzip: get('/gzip', ['Accept-Encoding', 'gzip']),
  deflate: get('/deflate', ['X-Long', 'abcabcabc'.repeat(200)]),
  brotli: get('/brotli'),
  'gzip by head': request('HEAD', '/gzip'),
  'gzip by post': request('POST', '/gzip'),
  // fixed pages
  ...Object.fromEntries(fixedPages.map((path) => [`page ${path}`, get(path)])),
  'image by any': get('/image', ['Accept', '*/*']),
  'image without accept': get('/image'),
  'image by accept webp': get('/image', ['Accept', 'text/html,IMAGE/WEBP,image/svg+xml']),
  'image by accept svg': get('/image', ['Accept', 'image/svg+xml']),
  'image by accept jpeg': get('/image', ['Accept', 'image/jpeg,image/png']),
  'image by any image': get('/image', ['Accept', 'image/*']),
  'image by head': request('HEAD', '/image/png'),
  'image of no kind': get('/image/gif'),
  // ranges
  range: get('/range/40'),
  'range in chunks': get('/range/40?chunk_size=7'),
  ...Object.fromEntries(
    [
      'bytes=0-4',
      'bytes=5-',
      'bytes=-3',
      'bytes=0-39',
      'bytes=4-2',
      'bytes=90-',
      'bytes=-0',
      'bytes=1-2,4-5',
      'bytes=x',
    ].map((value) => [`range ${value}`, get('/range/40', ['Range', value])]),
  ),
  ...Object.fromEntries(
    ['bytes=7', 'items=0-4', 'bytes', 'bytes=--5', 'bytes=-90', 'bytes=0-40', 'bytes= 3 - 5 ', 'bytes=1=2'].map(
      (value) => [`range ${value}`, get('/range/40', ['Range', value])],
    ),
  ),
  'range of nothing': get('/range/0'),
  'range too large': get('/range/102401'),
  'range bad chunk size': get('/range/4?chunk_size=x'),
  'range bad duration': get('/range/4?duration=x'),
  'range by head': request('HEAD', '/range/40'),
  // digest
  'digest challenge': get('/digest-auth/auth/u/p'),
  'digest challenge of both': get('/digest-auth/x/u/p'),
  'digest challenge SHA-256': get('/digest-auth/auth-int/u/p/SHA-256'),
  'digest challenge unknown algorithm': get('/digest-auth/auth/u/p/CRC/3'),
  digest: get('/digest-auth/auth/u/p', digest('GET', '/digest-auth/auth/u/p')),
  'digest with auth-int': get(
    '/digest-auth/auth-int/u/p',
    digest('GET', '/digest-auth/auth-int/u/p', { qop: 'auth-int' }),
  ),
  'digest without qop': get(
    '/digest-auth/auth/u/p',
    digest('GET', '/digest-auth/auth/u/p', { qop: undefined, nc: undefined, cnonce: undefined }),
  ),
  'digest unknown qop': get('/digest-auth/auth/u/p', digest('GET', '/digest-auth/auth/u/p', { qop: 'x' })),
  'digest without nc': get('/digest-auth/auth/u/p', digest('GET', '/digest-auth/auth/u/p', { nc: undefined })),
  'digest SHA-256': get(
    '/digest-auth/auth/u/p/SHA-256',
    digest('GET', '/digest-auth/auth/u/p/SHA-256', { hash: 'sha256', algorithm: 'SHA-256' }),
  ),
  'digest SHA-512': get(
    '/digest-auth/auth/u/p/SHA-512',
    digest('GET', '/digest-auth/auth/u/p/SHA-512', { hash: 'sha512', algorithm: 'SHA-512' }),
  ),
  'digest wrong password': get('/digest-auth/auth/u/q', digest('GET', '/digest-auth/auth/u/q')),
  'digest wrong method': get('/digest-auth/auth/u/p', digest('POST', '/digest-auth/auth/u/p')),
  'digest with a query': get('/digest-auth/auth/u/p?a=1', digest('GET', '/digest-auth/auth/u/p?a=1')),
  'digest by basic': get('/digest-auth/auth/u/p', ['Authorization', 'Basic dTpw']),
  'digest incomplete': get('/digest-auth/auth/u/p', ['Authorization', 'Digest username="u", realm="r"']),
  'digest nothing': get('/digest-auth/auth/u/p', ['Authorization', 'Digest']),
  'digest wants a cookie': get('/digest-auth/auth/u/p?require-cookie=1', digest('GET', '/digest-auth/auth/u/p')),
  'digest wrong cookie': get('/digest-auth/auth/u/p?require-cookie=t', digest('GET', '/digest-auth/auth/u/p'), [
    'Cookie',
    'fake=x',
  ]),
  'digest counts down': get('/digest-auth/auth/u/p', digest('GET', '/digest-auth/auth/u/p'), [
    'Cookie',
    'stale_after=2',
  ]),
  'digest stale': get('/digest-auth/auth/u/p', digest('GET', '/digest-auth/auth/u/p'), ['Cookie', 'stale_after=0']),
  'digest last nonce': get('/digest-auth/auth/u/p', digest('GET', '/digest-auth/auth/u/p'), [
    'Cookie',
    'last_nonce=abc',
  ]),
  'digest never': get('/digest-auth/auth/u/p', digest('GET', '/digest-auth/auth/u/p'), ['Cookie', 'stale_after=never']),
}
