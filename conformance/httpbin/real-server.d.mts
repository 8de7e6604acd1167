import type { Answer, Asked } from './compare.ts'

export function startHttpbin(python: string): Promise<{ ask(request: Asked): Promise<Answer>; stop(): Promise<void> }>
