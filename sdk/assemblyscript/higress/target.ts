/** Where a request goes: `http://auth.test/check?a=1#top` is authority `auth.test` and path `/check?a=1`. */
export class Target {
  /** '' if the URL names none. */
  authority: string = ''
  /** With its query, without its fragment, which is never sent. */
  path: string

  constructor(url: string) {
    let rest = url
    const fragment = rest.indexOf('#')
    if (fragment >= 0) rest = rest.substring(0, fragment)
    const scheme = rest.indexOf('://')
    if (scheme >= 0) {
      let end = scheme + 3
      while (end < rest.length && rest.charAt(end) != '/' && rest.charAt(end) != '?') end++
      this.authority = rest.substring(scheme + 3, end)
      rest = rest.substring(end)
    }
    while (rest.startsWith('/')) rest = rest.substring(1)
    this.path = '/' + rest
  }
}
