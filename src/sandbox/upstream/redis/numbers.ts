/** Numbers as Redis reads and prints them. */

const minLong = -(2n ** 63n)
const maxLong = 2n ** 63n - 1n

/** `string2ll`: decimal digits without plus sign, leading zeros or spaces, inside 64 bits. */
export function parseLong(text: string): bigint | undefined {
  if (text.length === 0 || text.length > 20 || !/^(?:0|-?[1-9][0-9]*)$/.test(text)) return undefined
  const value = BigInt(text)
  return fitsLong(value) ? value : undefined
}

export const fitsLong = (value: bigint): boolean => value >= minLong && value <= maxLong

/** A whole number that also fits a JavaScript number exactly, clamped there; enough for indexes and counts. */
export function clampIndex(value: bigint): number {
  if (value > 0x1fffffffffffffn) return Number.MAX_SAFE_INTEGER
  if (value < -0x1fffffffffffffn) return -Number.MAX_SAFE_INTEGER
  return Number(value)
}

const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/
const hexadecimal = /^([+-]?)0[xX]([0-9a-fA-F]*)\.?([0-9a-fA-F]*)(?:[pP]([+-]?\d+))?$/

/** `strtod` on the whole text; not a number, an overflow and an underflow to zero are refused. */
export function parseDouble(text: string): number | undefined {
  if (decimal.test(text)) {
    const value = Number(text)
    if (!Number.isFinite(value)) return undefined
    return value === 0 && /[1-9]/.test(text.replace(/[eE].*$/, '')) ? undefined : value
  }
  const infinite = /^([+-]?)inf(?:inity)?$/i.exec(text)
  if (infinite !== null) return infinite[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
  const hex = hexadecimal.exec(text)
  if (hex === null) return undefined
  const [, sign, whole = '', fraction = '', exponent = '0'] = hex
  if (whole + fraction === '') return undefined
  const value = Number.parseInt(`${whole}${fraction}`, 16) * 2 ** (Number(exponent) - 4 * fraction.length)
  return sign === '-' ? -value : value
}

/** A score as `%.17g` prints it; Redis 7.0 does so in every reply. */
export function formatDouble(value: number): string {
  if (value === Number.POSITIVE_INFINITY) return 'inf'
  if (value === Number.NEGATIVE_INFINITY) return '-inf'
  if (Object.is(value, -0)) return '-0'
  if (value === 0) return '0'
  const [digits = '', exponentText = '0'] = value.toExponential(16).split('e')
  const exponent = Number(exponentText)
  if (exponent < -4 || exponent >= 17) {
    const mantissa = digits.includes('.') ? digits.replace(/\.?0+$/, '') : digits
    const size = String(Math.abs(exponent)).padStart(2, '0')
    return `${mantissa}e${exponent < 0 ? '-' : '+'}${size}`
  }
  const plain = value.toFixed(Math.max(0, Math.min(100, 16 - exponent)))
  return plain.includes('.') ? plain.replace(/\.?0+$/, '') : plain
}

/** `proto-max-bulk-len`, in bytes. A server has 512 MiB unless told otherwise; a tab should not be asked for that much. */
export const longestBulk = 128 * 1024 * 1024
