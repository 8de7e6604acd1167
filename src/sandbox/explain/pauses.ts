import { directionOf, type Entry, type RecordOf, type RunFacts, stops } from './run-facts.ts'

/** The guest entry whose returned action made this pause: the last one of that plugin and direction that stopped. */
export function actionOfPause(run: RunFacts, pause: RecordOf<'chain.pause'>): Entry | undefined {
  const enclosing = run.entryOf(pause)
  if (enclosing !== undefined && pause.plugin === enclosing.enter.plugin) return enclosing
  const leave = run
    .inStream(pause.stream, 'guest.leave')
    .filter(({ plugin, event }) => plugin === pause.plugin && directionOf(event.callback) === pause.event.direction)
    .findLast(({ event, seq }) => seq < pause.seq + 2 && stops(event.action))
  return leave === undefined ? undefined : run.entries.get(leave.event.span)
}
