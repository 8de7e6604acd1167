declare const brand: unique symbol

/** A nominal type: a `StreamId` is not a `PluginIndex`, although both are numbers at run time. */
export type Brand<T, Name extends string> = T & { readonly [brand]: Name }

/** The number of one HTTP exchange in a run, from 1, in the order the client opened them. */
export type StreamId = Brand<number, 'StreamId'>
/** The place of a plugin in the project's list, from 0. It gives the lane's letter (A, B, …). */
export type PluginIndex = Brand<number, 'PluginIndex'>
/** One entry into a guest, from 1, in the order of entry. */
export type SpanId = Brand<number, 'SpanId'>
/** Nanoseconds of virtual time since the run began. Exact up to 104 days. */
export type VirtualNs = Brand<number, 'VirtualNs'>
/** Which run a result belongs to. Late results of an older run are dropped. */
export type RunId = Brand<number, 'RunId'>
