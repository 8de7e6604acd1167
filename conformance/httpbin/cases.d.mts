import type { Asked } from './compare.ts'

export const cases: Readonly<Record<string, Asked>>
export const fixedPages: readonly string[]
