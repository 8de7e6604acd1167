/** A scenario's text with this schedule, so that a run found by exploring can be kept and shared. */
export function withSchedule(text: string, schedule: readonly number[]): string {
  const line = `schedule: [${schedule.join(', ')}]`
  const known = /^schedule:[^\n]*(\n[ \t-][^\n]*)*/m
  return known.test(text) ? text.replace(known, line) : `${line}\n${text}`
}
