/** Bytes that an event and a header list stand for, roughly, for the limit of a trace; shared ones count each time. */
export const plainSize = 64
export const headersSize = 256
