// The emulator's part of npm run bench. `first` prints the milliseconds of the first run of a fresh process, `parts`
// those of its parts, as JSON. `warm` behind either: after what
// the page's worker does while it waits for its first job.
import { readFileSync } from 'node:fs'
import { pathOf, root } from '../scripts/setup/paths.mjs'

const { compileSample, measureRecording, timeManyRequests, warmAsTheWorkerDoes, timeOneRun, timeParts } = await import(
  new URL('dist/node/bench-emulator.js', root)
)

const shipped = () => new Uint8Array(readFileSync(pathOf('src/templates/generated/hello-header/hello.wasm')))

if (process.argv[3] === 'warm') warmAsTheWorkerDoes()
if (process.argv[2] === 'first') {
  console.log(timeOneRun(shipped()))
} else if (process.argv[2] === 'parts') {
  console.log(JSON.stringify(timeParts(shipped())))
} else if (process.argv[2] === 'many') {
  const wasm = await compileSample('release')
  const rounds = Array.from({ length: 5 }, () => timeManyRequests(wasm, Number(process.argv[3])))
  console.log(JSON.stringify(rounds))
} else {
  const wasm = await compileSample('release')
  const upstream = process.argv[3]
  // The first rounds warm the compiler up.
  measureRecording(wasm, 5, upstream)
  console.log(JSON.stringify(measureRecording(wasm, 20, upstream)))
}
