import { parseGoPanic } from '../go-panic.ts'
import { finding, type Rule } from '../rule.ts'
import { goPlace } from './trap.ts'

/** wasm-go caught a panic of the plugin: the callback answered Continue and the request went on (higress.md 1.5). */
export const recoveredPanic: Rule = {
  id: 'recovered-panic',
  find: (run) =>
    run.of('log').flatMap((record) => {
      if (!record.event.message.includes('recovered from panic ')) return []
      const panic = parseGoPanic(record.event.message)
      return panic?.recovered === true ? [finding(run, 'recovered-panic', 'problem', record, goPlace(panic))] : []
    }),
}
