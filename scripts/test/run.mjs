// Runs one tool and says what it counted. A tool that crashes, writes no report or runs nothing has failed.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { pathOf } from '../setup/paths.mjs'

function node(script, args, env = {}) {
  const result = spawnSync(process.execPath, [pathOf(script), ...args], {
    cwd: pathOf('.'),
    stdio: 'inherit',
    // A colour around each of 2,000 dots makes a log that nobody can read.
    env: { ...process.env, ...(process.stdout.isTTY ? {} : { NO_COLOR: '1', FORCE_COLOR: undefined }), ...env },
  })
  return result.status ?? 1
}

/** A check that passes or fails as a whole. */
export function check(script, args) {
  return node(script, args) === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }
}

/** Runs a test runner that writes a JSON report to `report`, and counts with `count`. */
function runner(script, args, env, report, count) {
  rmSync(report, { force: true })
  mkdirSync(pathOf('.cache/test'), { recursive: true })
  const status = node(script, args, env)
  if (!existsSync(report)) {
    console.error(`${script} wrote no report: it did not run to its end.`)
    return { passed: 0, failed: 1 }
  }
  return settle(count(JSON.parse(readFileSync(report, 'utf8'))), status)
}

/** A count is believed only as far as the exit code agrees with it, and nothing run is a failure. */
export function settle({ passed, failed }, status) {
  if (failed === 0 && (status !== 0 || passed === 0)) return { passed, failed: 1 }
  return { passed, failed }
}

/** Vitest: a file that does not even load has no tests of its own, and counts as one that failed. */
export function countUnit(report) {
  const broken = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  )
  return { passed: report.numPassedTests, failed: report.numFailedTests + broken.length }
}

/** Playwright: what was flaky has failed; errors outside of tests (a server that did not start) count as one each. */
export function countBrowser({ stats, errors }) {
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length }
}

/** Its workers hold compilers of several hundred megabytes: one at a time. */
const oneWorker = new Set(['go'])

/** Projects of vitest.config.ts. */
export function vitest(...projects) {
  const report = pathOf(`.cache/test/${projects[0]}.json`)
  const named = projects.flatMap((project) => ['--project', project])
  const workers = projects.some((project) => oneWorker.has(project)) ? ['--maxWorkers=1'] : []
  const args = ['run', ...named, ...workers, '--reporter=dot', '--reporter=json', `--outputFile.json=${report}`]
  return runner('node_modules/vitest/vitest.mjs', args, {}, report, countUnit)
}

/**
 * The tests in Chromium. Those that failed run once more, for the trace that then lies in .cache/test/e2e: what that run
 * says counts for nothing.
 */
export function browser(chromium) {
  const cli = 'node_modules/@playwright/test/cli.js'
  const report = pathOf('.cache/test/e2e.json')
  const env = { CHROMIUM_PATH: chromium, PLAYWRIGHT_JSON_OUTPUT_FILE: report }
  const counted = runner(cli, ['test', '--reporter=list,json'], env, report, countBrowser)
  if (counted.failed > 0) {
    console.log(
      '\nWhat failed runs again, with a trace to look at (npx playwright show-trace). This run is not counted.',
    )
    node(cli, ['test', '--last-failed', '--trace=on', '--reporter=list'], { CHROMIUM_PATH: chromium })
  }
  return counted
}
