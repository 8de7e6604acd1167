/** Where the in-tab toolchain of a language stands, for the progress bar and the terminal. */
export type ToolchainState =
  /** Nobody asked for it yet. */
  | { readonly kind: 'idle' }
  /** `npm start` is still making the bundle: `done` of `total` steps, `step` in words a person understands. */
  | { readonly kind: 'building'; readonly step: string; readonly done: number; readonly total: number }
  /** Bytes as they come over the wire (compressed); `total` is 0 when the server does not say. */
  | { readonly kind: 'loading'; readonly received: number; readonly total: number }
  /** `version` as the toolchain prints it, e.g. `go1.26.8`. */
  | { readonly kind: 'ready'; readonly version: string }
  /** Not to be had: `message` says why and what to do. */
  | { readonly kind: 'absent'; readonly message: string }
