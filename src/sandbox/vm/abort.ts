/**
 * A module of one function that is `unreachable`. The host ends a guest by calling it: a guest's `catch_all` catches
 * what an import throws, but not a trap (design 4.6 "Aborting a guest").
 */
const bytes = new Uint8Array([
  0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, 0x01, 0x04, 0x01, 0x60, 0x00, 0x00, 0x03, 0x02, 0x01, 0x00, 0x07,
  0x05, 0x01, 0x01, 0x66, 0x00, 0x00, 0x0a, 0x05, 0x01, 0x03, 0x00, 0x00, 0x0b,
])

let helper: WebAssembly.Module | undefined

/** Traps. */
export function makeAbort(): () => never {
  helper ??= new WebAssembly.Module(bytes)
  const trap = new WebAssembly.Instance(helper).exports.f
  return () => {
    if (typeof trap === 'function') trap()
    throw new Error('The aborting module did not trap')
  }
}
