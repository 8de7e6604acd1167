const letters = ['a', 'b', 'c', 'd', 'e', 'f'] as const

/** Colour class of a plugin by its place in the project; after six the inks repeat, the letter does not. */
export const laneClass = (index: number): string => `lane-${letters[index % letters.length] ?? 'a'}`
/** A, B, …, Z, then 27. */
export const laneLetter = (index: number): string => (index < 26 ? String.fromCharCode(65 + index) : String(index + 1))
