/** One choice of a schedule (sandbox/time/schedule.ts): what it was about, and which way was taken; 0 is the usual one. */
export type ScheduleChoice = {
  readonly what: 'delay' | 'cut' | 'worker' | 'tick'
  /** The cluster, plugin or request it concerns. */
  readonly of: string
  readonly chosen: number
}
