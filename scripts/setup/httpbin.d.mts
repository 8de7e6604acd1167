export function findHttpbin(): string | undefined
export function ensureHttpbin(): string | undefined
