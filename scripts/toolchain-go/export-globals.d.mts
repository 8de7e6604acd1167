/** The module with all of its own globals exported, as `global0` and on. */
export function exportGlobals(module: Buffer): Buffer
