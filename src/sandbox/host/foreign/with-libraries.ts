/** The foreign functions that are made with libraries (CEL, zlib, RSA, elliptic curves): 110 kB compressed, kept apart. */
export { compress, uncompress } from './compression.ts'
export { exprCreate, exprDelete, exprEvaluate } from './expressions.ts'
export { sign, verifySignature } from './signatures.ts'
