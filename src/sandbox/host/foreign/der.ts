/** Reads the DER of public (SubjectPublicKeyInfo) and private (PKCS #8) keys. `undefined`: not such a key. */

type Element = { readonly tag: number; readonly content: Uint8Array; readonly next: number }

export type AnyKey =
  | { readonly kind: 'rsa'; readonly n: bigint; readonly e: bigint }
  | { readonly kind: 'rsa-private'; readonly n: bigint; readonly d: bigint }
  /** `bytes`: the point, or the secret number. */
  | { readonly kind: 'ec' | 'ec-private'; readonly curve: 'p256' | 'p384' | 'p521'; readonly bytes: Uint8Array }
  /** A key of an algorithm that signs no digests (Ed25519). */
  | { readonly kind: 'other' }

const tags = { integer: 2, bitString: 3, octetString: 4, object: 6, sequence: 0x30 } as const
const rsaOid = '2a864886f70d010101'
const ecOid = '2a8648ce3d0201'
const curves = new Map([
  ['2a8648ce3d030107', 'p256'],
  ['2b81040022', 'p384'],
  ['2b81040023', 'p521'],
] as const)

/** Bytes behind the key do not matter. */
export function readPublicKey(der: Uint8Array): AnyKey | undefined {
  const [algorithm, bits] = children(element(der, 0)) ?? []
  if (bits?.tag !== tags.bitString || bits.content[0] !== 0) return undefined
  const key = bits.content.subarray(1)
  const found = algorithmOf(algorithm)
  if (found === 'rsa') {
    const [n, e] = children(element(key, 0)) ?? []
    return isInteger(n) && isInteger(e) ? { kind: 'rsa', n: numberOf(n), e: numberOf(e) } : undefined
  }
  return found === undefined ? undefined : { kind: 'ec', curve: found, bytes: key }
}

export function readPrivateKey(der: Uint8Array): AnyKey | undefined {
  const [version, algorithm, octets] = children(element(der, 0)) ?? []
  if (!isInteger(version) || octets?.tag !== tags.octetString) return undefined
  const found = algorithmOf(algorithm)
  const parts = children(element(octets.content, 0)) ?? []
  if (found === 'rsa') {
    const [, n, , d] = parts
    return isInteger(n) && isInteger(d) ? { kind: 'rsa-private', n: numberOf(n), d: numberOf(d) } : undefined
  }
  const secret = parts[1]
  if (found === undefined) return { kind: 'other' }
  if (secret?.tag !== tags.octetString) return undefined
  return { kind: 'ec-private', curve: found, bytes: secret.content }
}

/** The bytes between the lines of a PEM block with this label. */
export function readPem(text: string, label: string): Uint8Array | undefined {
  const found = new RegExp(`-----BEGIN ${label}-----([A-Za-z0-9+/=\\s]*)-----END ${label}-----`).exec(text)
  if (found?.[1] === undefined) return undefined
  try {
    return Uint8Array.from(atob(found[1].replace(/\s/g, '')), (char) => char.charCodeAt(0))
  } catch {
    // Not base64.
    return undefined
  }
}

function algorithmOf(sequence: Element | undefined): 'rsa' | 'p256' | 'p384' | 'p521' | undefined {
  const [name, parameters] = children(sequence) ?? []
  if (name?.tag !== tags.object) return undefined
  if (hex(name.content) === rsaOid) return 'rsa'
  if (hex(name.content) !== ecOid || parameters?.tag !== tags.object) return undefined
  const wanted = hex(parameters.content)
  return [...curves].find(([oid]) => oid === wanted)?.[1]
}

function element(bytes: Uint8Array, at: number): Element | undefined {
  const tag = bytes[at]
  const first = bytes[at + 1]
  if (tag === undefined || first === undefined) return undefined
  let length = first
  let start = at + 2
  if (first >= 0x80) {
    const count = first & 0x7f
    if (count === 0 || count > 4) return undefined
    length = 0
    for (let index = 0; index < count; index++) length = length * 256 + (bytes[start + index] ?? 0)
    start += count
  }
  if (start + length > bytes.length) return undefined
  return { tag, content: bytes.subarray(start, start + length), next: start + length }
}

function children(parent: Element | undefined): readonly Element[] | undefined {
  if (parent?.tag !== tags.sequence) return undefined
  const found: Element[] = []
  for (let at = 0; at < parent.content.length; ) {
    const child = element(parent.content, at)
    if (child === undefined) return undefined
    found.push(child)
    at = child.next
  }
  return found
}

const isInteger = (each: Element | undefined): each is Element => each?.tag === tags.integer
const hex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
const numberOf = ({ content }: Element): bigint => BigInt(`0x${hex(content) || '0'}`)
