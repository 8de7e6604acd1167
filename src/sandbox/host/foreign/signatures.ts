/** `verify_signature` and `sign`: RSA (PKCS #1 v1.5) and ECDSA, as Envoy's BoringSSL does them (proxy-wasm-host.md 2.11). */
import { BinaryWriter } from '@bufbuild/protobuf/wire'
import { p256, p384, p521 } from '@noble/curves/nist.js'
import { sha1 } from '@noble/hashes/legacy.js'
import { sha224, sha256, sha384, sha512 } from '@noble/hashes/sha2.js'
import { PKCS1_SHA1, PKCS1_SHA224, PKCS1_SHA256, PKCS1_SHA384, PKCS1_SHA512 } from 'micro-rsa-dsa-dh/rsa.js'
import { Status } from '../../abi/status.ts'
import { utf8 } from '../../abi/text.ts'
import { type AnyKey, readPem, readPrivateKey, readPublicKey } from './der.ts'
import { type ForeignAnswer, type ForeignFunction, refused } from './foreign-function.ts'
import { bytesField, type MessageFields, readMessage } from './message.ts'

const hashes = {
  sha1: { digest: sha1, rsa: PKCS1_SHA1 },
  sha224: { digest: sha224, rsa: PKCS1_SHA224 },
  sha256: { digest: sha256, rsa: PKCS1_SHA256 },
  sha384: { digest: sha384, rsa: PKCS1_SHA384 },
  sha512: { digest: sha512, rsa: PKCS1_SHA512 },
} as const
type Hash = (typeof hashes)[keyof typeof hashes]

const curves = { p256, p384, p521 } as const

function hashOf(name: string): Hash | undefined {
  const known = new Map<string, Hash>(Object.entries(hashes))
  return known.get(name.toLowerCase())
}

/** Fields: hash function, public key (DER), signature, text, and from 1.37 on a key as PEM instead. */
export const verifySignature: ForeignFunction = (call, argument) => {
  const fields = readMessage(argument)
  if (fields === undefined) return refused(call, Status.BadArgument, 'no VerifySignatureArguments message')
  const pem = call.vm.environment.profile === 'envoy-1.40' ? bytesField(fields, 5) : new Uint8Array(0)
  const der = bytesField(fields, 2)
  if (call.vm.environment.profile === 'envoy-1.40' && (pem.length === 0) === (der.length === 0))
    return refused(call, Status.BadArgument, 'one of public_key and public_key_pem must be given')
  const name = utf8(bytesField(fields, 1))
  const hash = hashOf(name)
  if (hash === undefined) return failure(2, `${name} is not supported.`)
  const bytes = pem.length > 0 ? readPem(utf8(pem), 'PUBLIC KEY') : der
  const key = bytes === undefined ? undefined : readPublicKey(bytes)
  if (key === undefined) return failure(2, 'Failed to initialize digest verify.')
  if (!verifies(key, hash, bytesField(fields, 4), bytesField(fields, 3)))
    return failure(2, 'Failed to verify digest. Error code: 0')
  return { status: Status.Ok, result: new BinaryWriter().tag(1, 0).bool(true).finish() }
}

/** Fields: hash function, private key (DER), text, key as PEM. */
export const sign: ForeignFunction = (call, argument) => {
  const fields = readMessage(argument)
  if (fields === undefined) return refused(call, Status.BadArgument, 'no SignArguments message')
  const key = privateKey(fields)
  if (key === 'both-or-none')
    return refused(call, Status.BadArgument, 'one of private_key and private_key_pem must be given')
  const name = utf8(bytesField(fields, 1))
  const hash = hashOf(name)
  if (hash === undefined) return failure(3, `${name} is not supported.`)
  if (key?.kind === 'other') return failure(3, 'Invalid private key: key data is corrupted or malformed.')
  const signature = key === undefined ? undefined : signatureOf(key, hash, bytesField(fields, 3))
  if (signature === undefined) return failure(3, 'Invalid key type: private key required for signing operation.')
  return { status: Status.Ok, result: new BinaryWriter().tag(1, 0).bool(true).tag(2, 2).bytes(signature).finish() }
}

function privateKey(fields: MessageFields): AnyKey | undefined | 'both-or-none' {
  const [der, pem] = [bytesField(fields, 2), bytesField(fields, 4)]
  if ((der.length === 0) === (pem.length === 0)) return 'both-or-none'
  const bytes = pem.length > 0 ? readPem(utf8(pem), 'PRIVATE KEY') : der
  return bytes === undefined ? undefined : readPrivateKey(bytes)
}

function verifies(key: AnyKey, hash: Hash, text: Uint8Array, signature: Uint8Array): boolean {
  try {
    if (key.kind === 'rsa') return hash.rsa.verify(key, text, signature)
    if (key.kind !== 'ec') return false
    const options = { prehash: false, lowS: false, format: 'der' } as const
    return curves[key.curve].verify(signature, hash.digest(text), key.bytes, options)
  } catch {
    // The libraries throw for signatures and keys of a wrong form: these verify nothing.
    return false
  }
}

function signatureOf(key: AnyKey, hash: Hash, text: Uint8Array): Uint8Array | undefined {
  try {
    if (key.kind === 'rsa-private') return hash.rsa.sign(key, text)
    if (key.kind !== 'ec-private') return undefined
    return curves[key.curve].sign(hash.digest(text), key.bytes, { prehash: false, lowS: false, format: 'der' })
  } catch {
    // A number that is no key of its curve.
    return undefined
  }
}

/** An answer that says what failed; the call itself is Ok. */
const failure = (field: number, error: string): ForeignAnswer => ({
  status: Status.Ok,
  result: new BinaryWriter().tag(field, 2).string(error).finish(),
})
