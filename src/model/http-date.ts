const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const two = (n: number) => String(n).padStart(2, '0')

let lastSecond = Number.NaN
let lastText = ''

/** The `date` header's form (RFC 9110 IMF-fixdate) of milliseconds since 1970: `Thu, 01 Jan 2026 00:00:00 GMT`. */
export function httpDate(ms: number): string {
  // Virtual time stands still while requests are answered: the same second comes again and again.
  const second = Math.floor(ms / 1000)
  if (second === lastSecond) return lastText
  const date = new Date(ms)
  const day = `${days[date.getUTCDay()]}, ${two(date.getUTCDate())} ${months[date.getUTCMonth()]} ${date.getUTCFullYear()}`
  lastText = `${day} ${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())} GMT`
  lastSecond = second
  return lastText
}
