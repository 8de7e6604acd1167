import type { Paint } from './screen-text.ts'

/** Where a command prints, and whether the user has asked it to stop. */
export type Console = {
  write(text: string): void
  /** Resolves when Ctrl+C is pressed. */
  readonly interrupted: Promise<void>
  clear(): void
}

/** Prints one line. */
export type Say = (text: string, paint?: Paint) => void
