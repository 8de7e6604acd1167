/** What a server knows of one connection. */
export type Session = {
  readonly id: number
  database: number
  /** Whom it is logged in as; `undefined`: not yet. */
  user: string | undefined
  name: string
  closing: boolean
}
