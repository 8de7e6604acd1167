/** Headers of an answer, names in lower case; a copy that outlives the callback. */
export class Header {
  constructor(readonly Pairs: string[][]) {}
  /** The first value; '' if there is none. */
  Get(name: string): string {
    const values = this.Values(name)
    return values.length > 0 ? values[0] : ''
  }
  Values(name: string): string[] {
    const lower = name.toLowerCase()
    const values = new Array<string>()
    for (let i = 0; i < this.Pairs.length; i++) if (this.Pairs[i][0].toLowerCase() == lower) values.push(this.Pairs[i][1])
    return values
  }
  /** The answer's status: 502 if it has none, 500 if it is no number, as Go's client says. */
  StatusCode(): i32 {
    const status = this.Get(':status')
    const parsed = parseInt(status)
    return status.length == 0 ? 502 : isNaN(parsed) ? 500 : <i32>parsed
  }
}
