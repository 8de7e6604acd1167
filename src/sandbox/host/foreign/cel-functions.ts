/** Names of the functions an expression calls; operators (`_&&_`, `@in`) are not among them. */
export function calledFunctions(expression: unknown): readonly string[] {
  const names = new Set<string>()
  const waiting: unknown[] = [expression]
  while (waiting.length > 0) {
    const node = waiting.pop()
    if (typeof node !== 'object' || node === null) continue
    if ('$typeName' in node && node.$typeName === 'cel.expr.Expr.Call' && 'function' in node) {
      if (typeof node.function === 'string' && /^[A-Za-z]\w*$/.test(node.function)) names.add(node.function)
    }
    waiting.push(...Object.values(node))
  }
  return [...names]
}
