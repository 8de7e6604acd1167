// The last line of .ci/run. A test run that ended without a summary, or badly without a counted failure, has failed.
import { existsSync, readFileSync } from 'node:fs'

const [file, status] = process.argv.slice(2)
const counted = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { passed: 0, failed: 1 }
const failed = counted.failed === 0 && (status !== '0' || counted.passed === 0) ? 1 : counted.failed
console.log(`${counted.passed} passed, ${failed} failed`)
process.exitCode = failed > 0 ? 1 : 0
