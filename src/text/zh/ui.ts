import type { ui as english } from '../en/ui.ts'

export const ui: Record<keyof typeof english, string> = {}
