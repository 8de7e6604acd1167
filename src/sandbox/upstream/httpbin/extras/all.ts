/** What of httpbin is kept apart, since few runs ask for it: pictures, pages, compression, digests. */
export { digestAuth } from './digest-auth.ts'
export { brotli, deflated, gzipped } from './encodings.ts'
export { fixedBody } from './fixed-pages.ts'
