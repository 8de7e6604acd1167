/**
 * INCRBYFLOAT and HINCRBYFLOAT count in C's `long double` (x86: 64 bits of mantissa) and print `%.17Lf` without
 * trailing zeros. Values here are exact fractions `mantissa × 2^exponent`, rounded to 64 bits after every step, so that
 * 0.1 + 0.2 is 0.3 as on a real server.
 */
export type LongDouble = { readonly mantissa: bigint; readonly exponent: number }

const mantissaBits = 64
/** Exponents a long double can hold; beyond them is infinity or nothing. */
const greatestExponent = 16384

const bitLength = (value: bigint): number => value.toString(2).length
const magnitude = (value: bigint): bigint => (value < 0n ? -value : value)

/** Nearest fraction with 64 bits to `numerator / denominator`, ties to even. */
function rounded(numerator: bigint, denominator: bigint): LongDouble {
  if (numerator === 0n) return { mantissa: 0n, exponent: 0 }
  const negative = numerator < 0n
  const top = magnitude(numerator)
  let exponent = bitLength(top) - bitLength(denominator) - mantissaBits
  const divide = (power: number): readonly [bigint, bigint, bigint] => {
    const over = power > 0 ? denominator << BigInt(power) : denominator
    const under = power < 0 ? top << BigInt(-power) : top
    return [under / over, under % over, over]
  }
  let [quotient, rest, divisor] = divide(exponent)
  if (bitLength(quotient) > mantissaBits) [quotient, rest, divisor] = divide(++exponent)
  const twice = rest * 2n
  if (twice > divisor || (twice === divisor && (quotient & 1n) === 1n)) quotient += 1n
  return { mantissa: negative ? -quotient : quotient, exponent }
}

/** The whole text as a decimal number; `infinite` for inf and for what is too large. */
export function parseLongDouble(text: string): LongDouble | 'infinite' | undefined {
  if (/^[+-]?inf(?:inity)?$/i.test(text)) return 'infinite'
  const hex = /^([+-]?)0[xX]([0-9a-fA-F]*)\.?([0-9a-fA-F]*)(?:[pP]([+-]?\d+))?$/.exec(text)
  if (hex !== null) {
    const [, sign, whole = '', fraction = '', power = '0'] = hex
    if (whole === '' && fraction === '') return undefined
    const digits = BigInt(`0x${whole}${fraction}`) * (sign === '-' ? -1n : 1n)
    return inRange(digits, 2n, Number(power) - 4 * fraction.length)
  }
  const match = /^([+-]?)(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?$/.exec(text)
  if (match === null) return undefined
  const [, sign, whole = '', fraction = '', power = '0'] = match
  if (whole === '' && fraction === '') return undefined
  const digits = BigInt(whole + fraction) * (sign === '-' ? -1n : 1n)
  return inRange(digits, 10n, Number(power) - fraction.length)
}

/** `digits × base^exponent`; `undefined` when a long double cannot hold it. */
function inRange(digits: bigint, base: bigint, exponent: number): LongDouble | undefined {
  if (digits === 0n) return { mantissa: 0n, exponent: 0 }
  if (Math.abs(exponent) > 20_000) return undefined
  const power = base ** BigInt(Math.abs(exponent))
  const value = exponent >= 0 ? rounded(digits * power, 1n) : rounded(digits, power)
  const top = value.exponent + bitLength(magnitude(value.mantissa))
  return top > greatestExponent || top < -greatestExponent ? undefined : value
}

/** The sum, or `infinite` when it does not fit. */
export function addLongDouble(a: LongDouble, b: LongDouble): LongDouble | 'infinite' {
  const least = Math.min(a.exponent, b.exponent)
  const sum = (a.mantissa << BigInt(a.exponent - least)) + (b.mantissa << BigInt(b.exponent - least))
  const value = least >= 0 ? rounded(sum << BigInt(least), 1n) : rounded(sum, 1n << BigInt(-least))
  return value.exponent + bitLength(magnitude(value.mantissa)) > greatestExponent ? 'infinite' : value
}

/** `%.17Lf` without trailing zeros; the exact value is rounded to even. */
export function formatLongDouble({ mantissa, exponent }: LongDouble): string {
  const scaled = magnitude(mantissa) * 10n ** 17n
  const divisor = exponent < 0 ? 1n << BigInt(-exponent) : 1n
  const whole = exponent > 0 ? scaled << BigInt(exponent) : scaled
  let digits = whole / divisor
  const twice = (whole % divisor) * 2n
  if (twice > divisor || (twice === divisor && (digits & 1n) === 1n)) digits += 1n
  const text = digits.toString().padStart(18, '0')
  const plain = `${text.slice(0, -17)}.${text.slice(-17)}`.replace(/\.?0+$/, '')
  // A negative number that rounds to nothing prints as 0.
  return mantissa < 0n && plain !== '0' ? `-${plain}` : plain
}
