import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { deflateSync, strToU8 } from 'fflate'
import { describe, expect, it } from 'vitest'
import { toBase64 } from '../project/bytes.ts'
import { type LinkFailure, makeLink, openLink } from './link.ts'

const pathPart = fc.stringMatching(/^[a-zA-Z0-9_][a-zA-Z0-9_.-]{0,8}$/)
const filesOf = fc
  .dictionary(
    fc.oneof(
      fc.array(pathPart, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/')),
      fc.constant('__proto__'),
    ),
    fc.string({ unit: 'binary' }),
    {
      minKeys: 1,
      maxKeys: 6,
    },
  )
  .map((files) => Object.fromEntries(Object.entries(files)))

const packed = (text: string | Uint8Array): string =>
  `#v1.${toBase64(deflateSync(typeof text === 'string' ? strToU8(text) : text))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')}`

describe('a link', { timeout: 60_000 }, () => {
  it('gives back the files it was made of', () => {
    fc.assert(
      fc.property(filesOf, (files) => {
        const made = makeLink(files)
        expect(made.ok && openLink(made.value.hash)).toEqual({ ok: true, value: files })
      }),
    )
  })

  it('is the same whatever order the files come in', () => {
    fc.assert(
      fc.property(filesOf, (files) => {
        expect(makeLink(Object.fromEntries(Object.entries(files).reverse()))).toEqual(makeLink(files))
      }),
    )
  })

  it('opens with an address before it and line breaks inside', () => {
    const made = makeLink({ 'a.txt': 'hello' })
    if (!made.ok) throw new Error('too large')
    const broken = made.value.hash.replace(/(.{10})/g, '$1\n')
    expect(openLink(`https://example.com/app?x=1${broken}`)).toEqual({ ok: true, value: { 'a.txt': 'hello' } })
  })

  it('warns when it gets long, and offers a file when it is too long for most programs', () => {
    const noise = (size: number) => {
      let seed = 1
      return Array.from({ length: size }, () => {
        seed = (seed * 48271) % 2147483647
        return String.fromCharCode(33 + (seed % 90))
      }).join('')
    }
    const adviceAt = (size: number) => {
      const made = makeLink({ 'a.txt': noise(size) })
      return made.ok ? made.value.advice : made.error.code
    }
    expect([100, 2500, 9000, 100_000].map(adviceAt)).toEqual(['fine', 'long', 'offer-file', 'too-large'])
  })
})

describe('a link that cannot be opened has a reason', { timeout: 60_000 }, () => {
  const zeros = new Uint8Array(60 * 1024 * 1024)
  it.each<readonly [string, string, LinkFailure['code']]>([
    ['empty text', '', 'not-a-link'],
    ['another address', 'https://example.com/#readme', 'not-a-link'],
    ['a later version', '#v2.abc', 'unknown-version'],
    ['no payload', '#v1.', 'damaged'],
    ['a character that does not belong', '#v1.ab$c', 'not-base64'],
    ['an impossible length', '#v1.abcde', 'not-base64'],
    ['random bytes', '#v1.AAAAAAAAAAAA', 'damaged'],
    ['a cut link', packed('{"a":"aaaaabbbbbcccccddddd"}').slice(0, -8), 'damaged'],
    ['more than 64 kB', `#v1.${'A'.repeat(90_000)}`, 'packed-too-large'],
    ['60 MB of zeros in 58 kB', packed(zeros), 'unpacked-too-large'],
    ['bytes that are no text', packed(Uint8Array.of(0xff, 0xfe, 0x80)), 'not-text'],
    ['text that is no JSON', packed('hello'), 'not-a-project'],
    ['JSON that nests without end', packed('['.repeat(1_000_000)), 'not-a-project'],
    ['a list', packed('["a"]'), 'not-a-project'],
    ['no files', packed('{}'), 'not-a-project'],
    ['a file that is no text', packed('{"a":1}'), 'not-a-project'],
    ['a file outside', packed('{"../a":""}'), 'bad-path'],
    ['an absolute file', packed('{"/etc/passwd":""}'), 'bad-path'],
    ['a path with backslashes', packed('{"a\\\\..\\\\b":""}'), 'bad-path'],
    [
      'too many files',
      packed(JSON.stringify(Object.fromEntries(Array.from({ length: 1001 }, (_, i) => [`f${i}`, ''])))),
      'too-many-files',
    ],
  ])('%s', (_, link, code) => {
    const opened = openLink(link)
    expect(opened.ok ? 'opened' : opened.error.code).toBe(code)
  })

  it('any text is answered, never thrown at', () => {
    fc.assert(fc.property(fc.string(), (text) => void openLink(`#v1.${text}`)))
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 300 }),
        (bytes) => void openLink(`#v1.${toBase64(bytes).replace(/=/g, '')}`),
      ),
    )
  })
})

describe('every link ever published opens', () => {
  const folder = new URL('./published/', import.meta.url)
  it.each(readdirSync(folder))('%s', (name) => {
    const { link, files } = JSON.parse(readFileSync(new URL(name, folder), 'utf8'))
    expect(openLink(link)).toEqual({ ok: true, value: files })
  })
})
