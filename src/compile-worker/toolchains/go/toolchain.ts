import type { GoSdk } from '../../api.ts'
import { type CompileInput, type CompileOutcome, refusal, tooLarge } from '../../compilers/outcome.ts'
import type { LanguageAnswer, LanguageQuery } from '../../language-service.ts'
import type { ToolchainState } from '../../toolchain-state.ts'
import { type Built, buildPlan } from './build.ts'
import { createBuildMemory } from './build-memory.ts'
import { type Bundle, openBundle } from './bundle.ts'
import { compilerDiagnostics, linkerDiagnostics } from './compiler-output.ts'
import { createDriver, type Driver } from './driver.ts'
import type { DriverAnswer, DriverPlan } from './driver-protocol.ts'
import { languageAnswer, readsDocs } from './language-answer.ts'
import { closureOf } from './manifest.ts'
import type { Pack } from './pack.ts'
import type { BundleSource } from './source.ts'

/** Go for one worker or process: loads when first asked, then stays. */
export type GoToolchain = {
  compile(input: CompileInput, sdk: GoSdk): Promise<CompileOutcome>
  ask(query: LanguageQuery): Promise<LanguageAnswer>
  /** Calls the listener with the state now and whenever it changes. */
  watch(listener: (state: ToolchainState) => void): void
}

/**
 * When the compiler is loaded and run, behind a module that was built before, in milliseconds after that was handed out:
 * the first run is on the screen by then, and the first edit finds a compiler that is awake.
 */
const WARM_AFTER = 1500

/** How often a bundle that is still being built is looked for, in milliseconds. */
const LOOK_AGAIN = 1000

/** Go takes far more source than the other compilers (their limit is in outcome.ts); beyond it the worker would starve. */
const SOURCE_LIMIT = 4_000_000

type Sources = Readonly<Record<string, string>>
type Loaded = { readonly bundle: Bundle; readonly driver: Driver }

export function createGoToolchain(source: BundleSource): GoToolchain {
  const listeners: ((state: ToolchainState) => void)[] = []
  const archives = new Map<string, Uint8Array>()
  let state: ToolchainState = { kind: 'idle' }
  const memory = createBuildMemory(source)
  /** Whether the compiler has run: what it built before is not looked for any more, it is as quick itself. */
  let warm = false
  let documented: Promise<void> | undefined

  function report(next: ToolchainState): void {
    state = next
    for (const listener of listeners) listener(next)
  }

  /** The bundle, or why there is none. Waits while it is being built. */
  async function open(): Promise<Bundle | string> {
    for (;;) {
      const answer = await openBundle(source, report)
      if (answer.kind === 'bundle') return answer.bundle
      report(answer.state)
      if (answer.state.kind !== 'building') return answer.state.kind === 'absent' ? answer.state.message : ''
      await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN))
    }
  }

  /** Does something once; what failed, or has only a reason to give, is done again when it is next asked for. */
  function lasting<Value extends object>(work: (sources: Sources) => Promise<Value | string>) {
    let running: Promise<Value | string> | undefined
    return (sources: Sources): Promise<Value | string> => {
      running ??= work(sources).then(
        (value) => {
          if (typeof value === 'string') running = undefined
          return value
        },
        (error: unknown) => {
          running = undefined
          const message = error instanceof Error ? error.message : String(error)
          report({ kind: 'absent', message })
          return message
        },
      )
      return running
    }
  }

  const opened = lasting(open)
  const ready = lasting(async (sources) => {
    const bundle = await opened(sources)
    return typeof bundle === 'string' ? bundle : await prepare(bundle, sources)
  })

  let building: Promise<unknown> = Promise.resolve()

  /** One build at a time: each gives back packs that another one would still read, and memory holds no two links. */
  function afterOthers(build: () => Promise<CompileOutcome>): Promise<CompileOutcome> {
    const outcome = building.then(build)
    building = outcome.catch(() => undefined)
    return outcome
  }

  async function compileHere(input: CompileInput, sdk: GoSdk): Promise<CompileOutcome> {
    const loaded = await ready(input.sources)
    if (typeof loaded === 'string') return { kind: 'unavailable', reason: 'unsupported', message: loaded }
    const isCheck = input.mode === 'check'
    if (!isCheck) warm = true
    const compile = () => compileWith(loaded, input, sdk, archives)
    const outcome = await (isCheck ? compile() : afterOthers(compile))
    if (outcome.kind === 'ok' && !isCheck) void loaded.bundle.keep().catch(() => undefined)
    memory.note(loaded.bundle.manifest, input, sdk, outcome)
    return outcome
  }

  /** What fails here fails again when it is asked for, and says so there. */
  const wake = (input: CompileInput, sdk: GoSdk) => void compileHere(input, sdk).catch(() => undefined)

  return {
    async compile(input, sdk) {
      const refused = tooLarge(input.sources, SOURCE_LIMIT)
      if (refused !== undefined) return refused
      if (!warm) {
        const bundle = await opened(input.sources)
        if (typeof bundle === 'string') return { kind: 'unavailable', reason: 'unsupported', message: bundle }
        const known = await memory.recall(bundle.manifest, input, sdk)
        if (known !== undefined) {
          if (input.mode !== 'check') setTimeout(() => warm || wake(input, sdk), WARM_AFTER)
          return known
        }
      }
      return await compileHere(input, sdk)
    },
    async ask(query) {
      if (query.language !== 'go') return { ask: 'nothing' }
      const loaded = await ready(query.sources)
      if (typeof loaded === 'string') return { ask: 'unavailable', message: loaded }
      if (readsDocs(query.ask)) {
        documented ??= loaded.bundle.pack('docs.pack').then((docs) => loaded.driver.addDocs(docs))
        await documented
      }
      return await languageAnswer(loaded.bundle, loaded.driver, query)
    },
    watch(listener) {
      listeners.push(listener)
      listener(state)
    },
  }
}

/**
 * Waits for what errors need; all that the build of these sources will need begins to load at once, so that the progress
 * has one total from the start. What fails to load behind it is asked for again when it is needed, and fails there.
 */
async function prepare(bundle: Bundle, sources: Sources): Promise<Loaded> {
  const first = [bundle.program('driver'), bundle.pack('exports.pack')] as const
  const later = [bundle.program('compile'), bundle.program('link'), ...packsFor(bundle, sources)]
  for (const load of later) load.catch(() => undefined)
  const [driver, exports] = await Promise.all(first)
  return { bundle, driver: createDriver(driver, exports) }
}

/** The packs that linking these sources takes, as far as their texts tell: a string that is a package is an import. */
function packsFor(bundle: Bundle, sources: Sources): readonly Promise<Pack>[] {
  const texts = Object.entries(sources).filter(([path]) => path.endsWith('.go'))
  const strings = texts.flatMap(([, text]) => [...text.matchAll(/"([^"\n]+)"/g)].map(([, path = '']) => path))
  const packages = closureOf(bundle.manifest, strings)
  const packs = new Set([...packages].map((path) => bundle.manifest.packages.get(path)?.objects ?? ''))
  return [...packs].filter(Boolean).map((name) => bundle.pack(name))
}

async function compileWith(
  { bundle, driver }: Loaded,
  input: CompileInput,
  sdk: GoSdk,
  archives: Map<string, Uint8Array>,
): Promise<CompileOutcome> {
  const { sources, mode } = input
  if (mode === 'check') return checked(driver.ask({ op: 'check', sdk, sources }))
  const plan = driver.ask({ op: 'plan', sdk, sources })
  if (plan.kind !== 'plan') return checked(plan)
  const built = await buildPlan(bundle, plan, sources, mode === 'release' ? 'release' : 'debug', archives)
  return outcomeOf(built, plan, () => driver.ask({ op: 'check', sdk, sources }), sources)
}

/** Diagnostics without code: of `check`, and of a plan that could not be made. */
function checked(answer: DriverAnswer): CompileOutcome {
  switch (answer.kind) {
    case 'checked':
      return { kind: 'ok', wasm: new Uint8Array(), sourceMap: '', warnings: answer.diagnostics, output: '' }
    case 'rejected': {
      const output = answer.diagnostics.map(
        ({ file, line, column, message }) => `${file}:${line}:${column}: ${message}`,
      )
      return { kind: 'rejected', errors: answer.diagnostics, output: output.join('\n') }
    }
    case 'internal':
      return refusal('PG003', `The Go driver failed on this source: ${answer.message}`)
    default:
      return refusal('PG003', `The Go driver answered ${answer.kind} to a build.`)
  }
}

function outcomeOf(
  built: Built,
  plan: DriverPlan,
  check: () => DriverAnswer,
  sources: Readonly<Record<string, string>>,
): CompileOutcome {
  const output = [...plan.notes, built.output].join('\n').trim()
  switch (built.kind) {
    case 'ok':
      return { kind: 'ok', wasm: built.wasm, sourceMap: '', warnings: plan.warnings, output }
    case 'rejected': {
      // The driver says the same with repairs; what it does not find, the compiler's own words say.
      const answer = check()
      if (answer.kind === 'rejected') return { kind: 'rejected', errors: answer.diagnostics, output }
      const errors = [...compilerDiagnostics(built.output, sources), ...linkerDiagnostics(built.output, sources)]
      return errors.length > 0 ? { kind: 'rejected', errors, output } : refusal('PG003', built.output.trim())
    }
    case 'failed': {
      const { tool } = built
      if (/out of memory|cannot allocate/i.test(built.crash)) {
        const message = `Go's cmd/${tool} ran out of memory on this source: split the plugin, or build it outside.`
        return refusal('PG007', message, '', { tool })
      }
      const [first = ''] = built.output.trim().split('\n').slice(-1)
      const message = `Go's cmd/${tool} failed on this source (${built.crash}). ${first}`.trim()
      return refusal('PG008', message, '', { tool, crash: built.crash, first })
    }
  }
}
