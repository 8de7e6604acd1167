import { fileURLToPath } from 'node:url'

/** The project's root, as a URL that ends in a slash. */
export const root = new URL('../../', import.meta.url)

/** Absolute path of something below the root. */
export const pathOf = (relative) => fileURLToPath(new URL(relative, root))
