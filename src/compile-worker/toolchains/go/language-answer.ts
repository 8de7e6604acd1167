import type { GoSdk } from '../../api.ts'
import type { LanguageAnswer, LanguageQuery, SourceRange } from '../../language-service.ts'
import type { Bundle } from './bundle.ts'
import type { Driver } from './driver.ts'
import type { DriverAnswer, DriverRequest } from './driver-protocol.ts'

type GoQuery = Extract<LanguageQuery, { readonly language: 'go' }>

/**
 * Whether the answer has to do with the documentation of packages. An editor asks for an outline as soon as a file is open:
 * that is not worth a load which competes with what the first run waits for.
 */
export const readsDocs = (ask: GoQuery['ask']): boolean =>
  ['complete', 'hover', 'definition', 'signature'].includes(ask)

/** Asks the driver and fetches what its answer points to. */
export async function languageAnswer(bundle: Bundle, driver: Driver, query: GoQuery): Promise<LanguageAnswer> {
  const answer = driver.ask(requestOf(query, query.sdk))
  return await translate(bundle, query, answer)
}

function requestOf(query: GoQuery, sdk: GoSdk): DriverRequest {
  const { sources } = query
  if (query.ask === 'rename') return { op: 'rename', sdk, sources, at: query.at, to: query.to }
  return 'at' in query
    ? { op: query.ask, sdk, sources, at: query.at }
    : { op: query.ask, sdk, sources, file: query.file }
}

async function translate(bundle: Bundle, { ask }: GoQuery, answer: DriverAnswer): Promise<LanguageAnswer> {
  switch (answer.kind) {
    case 'text':
      return ask === 'imports' || ask === 'format' ? { ask, text: answer.text } : { ask: 'nothing' }
    case 'complete':
      return { ask: 'complete', replace: answer.replace, items: answer.items }
    case 'hover':
      return { ask: 'hover', range: answer.range, code: answer.code, documentation: answer.documentation }
    case 'definition':
      return { ask: 'definition', range: answer.range }
    case 'definition-outside':
      return await outside(bundle, answer.importPath, answer.range)
    case 'signature': {
      const { label, parameters, active, documentation } = answer
      return { ask: 'signature', label, parameters, active, documentation }
    }
    case 'references':
      return { ask: 'references', places: answer.places }
    case 'renamed':
      return { ask: 'rename', edits: answer.edits }
    case 'not-renamed':
      return { ask: 'not-renamed', reason: answer.reason, message: answer.message }
    case 'outline':
      return { ask: 'outline', items: answer.items }
    case 'internal':
      return { ask: 'unavailable', message: answer.message }
    // A file that does not parse is not formatted; plans are no answer to an editor.
    case 'rejected':
    case 'nothing':
    case 'plan':
    case 'checked':
      return { ask: 'nothing' }
  }
}

/** A declaration in the SDK, a module that it uses, or the standard library, whose sources come in packs of their own. */
async function outside(bundle: Bundle, importPath: string, range: SourceRange): Promise<LanguageAnswer> {
  const [first = ''] = importPath.split('/')
  const pack = first.includes('.') ? 'sources.pack' : `sources-${first}.pack`
  if (!bundle.manifest.files.has(pack)) return { ask: 'nothing' }
  const file = `${importPath}/${range.file}`
  const content = (await bundle.pack(pack)).get(file)
  if (content === undefined) return { ask: 'nothing' }
  return { ask: 'definition', range: { ...range, file }, text: new TextDecoder().decode(content) }
}
