import type { ProbeCase } from '../observed.ts'
import { get, on } from './parts.ts'
import * as keys from './signature-keys.ts'

const hexOf = (text: string): string =>
  [...new TextEncoder().encode(text)].map((byte) => byte.toString(16).padStart(2, '0')).join('')

/** A length-delimited field of a protobuf message, hexadecimal. */
function field(number: number, hex: string): string {
  if (hex === '') return ''
  const length = hex.length / 2
  const size = length < 128 ? byte(length) : byte((length & 127) | 128) + byte(length >> 7)
  return byte((number << 3) | 2) + size + hex
}
const byte = (value: number): string => value.toString(16).padStart(2, '0')
const escaped = (hex: string): string => hex.replace(/../g, '%$&')

type Verify = {
  readonly hash?: string
  readonly key?: string
  readonly signature?: string
  readonly text?: string
  readonly pem?: string
}

function verify({ hash = 'sha256', key = '', signature = '', text = 'hello', pem = '' }: Verify): string {
  const message =
    field(1, hexOf(hash)) + field(2, key) + field(3, signature) + field(4, hexOf(text)) + field(5, hexOf(pem))
  return `foreign verify_signature ${escaped(message)}`
}

function sign(hash: string, key: string, text = 'hello', pem = ''): string {
  const message = field(1, hexOf(hash)) + field(2, key) + field(3, hexOf(text)) + field(4, hexOf(pem))
  return `foreign sign ${escaped(message)}`
}

function pemOf(label: string, hex: string): string {
  const base64 = btoa(String.fromCharCode(...(hex.match(/../g) ?? []).map((each) => Number.parseInt(each, 16))))
  return `-----BEGIN ${label}-----\n${base64.replace(/.{64}/g, '$&\n')}\n-----END ${label}-----\n`
}

const ask = (name: string, ...lines: readonly string[]): ProbeCase => ({
  name: `foreign: ${name}`,
  scripts: [on('request_headers', ...lines)],
  request: get,
})

const rsa = { key: keys.rsaPublic, signature: keys.rsaSha256 }
const ec = { key: keys.ecPublic, signature: keys.ecSha256 }
const wrong = (hex: string): string => `${hex.slice(0, -2)}${hex.endsWith('00') ? '01' : '00'}`

/** `verify_signature` and `sign` with real keys. ECDSA signatures are random: what is made is not compared. */
export const signatureCases: readonly ProbeCase[] = [
  ask(
    'verify_signature with an RSA key',
    verify(rsa),
    verify({ ...rsa, text: 'other' }),
    verify({ ...rsa, signature: wrong(keys.rsaSha256) }),
    verify({ ...rsa, signature: '' }),
    verify({ ...rsa, signature: keys.rsaSha1 }),
    verify({ ...rsa, signature: keys.rsaSha256.slice(2) }),
    verify({ ...rsa, text: '' }),
  ),
  ask(
    'verify_signature by hash',
    verify({ ...rsa, hash: 'sha1', signature: keys.rsaSha1 }),
    verify({ ...rsa, hash: 'sha512', signature: keys.rsaSha512 }),
    verify({ ...rsa, hash: 'SHA256' }),
    verify({ ...rsa, hash: 'md5' }),
    verify({ ...rsa, hash: 'sha224' }),
    verify({ ...rsa, hash: 'sha384' }),
    verify({ ...rsa, hash: '' }),
  ),
  ask(
    'verify_signature with an EC key',
    verify(ec),
    verify({ ...ec, text: 'other' }),
    verify({ ...ec, signature: wrong(keys.ecSha256) }),
    verify({ ...ec, signature: keys.rsaSha256 }),
    verify({ ...ec, hash: 'sha1' }),
  ),
  ask(
    'verify_signature with other keys',
    verify({ ...rsa, key: keys.rsaPkcs1Public }),
    verify({ ...rsa, key: '00' }),
    verify({ ...rsa, key: '' }),
    verify({ key: keys.edPublic, signature: keys.edSignature }),
    verify({ ...rsa, key: `${keys.rsaPublic}00` }),
    verify({ ...rsa, key: keys.rsaPublic.slice(0, -2) }),
    verify({ ...rsa, key: keys.ecPublic }),
  ),
  ask(
    'verify_signature with a PEM key',
    verify({ signature: keys.rsaSha256, pem: pemOf('PUBLIC KEY', keys.rsaPublic) }),
    verify({ signature: keys.ecSha256, pem: pemOf('PUBLIC KEY', keys.ecPublic) }),
    verify({ signature: keys.rsaSha256, pem: 'no pem' }),
    verify({ ...rsa, key: '00', pem: pemOf('PUBLIC KEY', keys.rsaPublic) }),
    verify({ ...rsa, pem: 'no pem' }),
    verify({ signature: keys.rsaSha256, pem: pemOf('RSA PUBLIC KEY', keys.rsaPkcs1Public) }),
  ),
  ask(
    'sign with an RSA key',
    sign('sha256', keys.rsaPrivate),
    sign('sha1', keys.rsaPrivate),
    sign('sha512', keys.rsaPrivate),
    sign('sha256', keys.rsaPrivate, ''),
    sign('md5', keys.rsaPrivate),
    sign('', keys.rsaPrivate),
  ),
  ask(
    'sign with other keys',
    sign('sha256', ''),
    sign('sha256', '00'),
    sign('sha256', keys.rsaPublic),
    sign('sha256', keys.edPrivate),
    sign('sha256', hexOf(pemOf('PRIVATE KEY', keys.rsaPrivate))),
    sign('sha256', '', 'hello', pemOf('PRIVATE KEY', keys.rsaPrivate)),
    sign('sha256', keys.rsaPrivate, 'hello', pemOf('PRIVATE KEY', keys.rsaPrivate)),
    sign('sha256', '', 'hello', 'no pem'),
  ),
]
