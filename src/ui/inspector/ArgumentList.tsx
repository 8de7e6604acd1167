import type { Arg } from '../../model/trace.ts'
import { useText } from '../text.ts'
import { Data } from '../timeline/Data.tsx'
import { byteStringText, bytesPreview, sizeText } from '../timeline/display-text.ts'

/** Arguments and results of a call, decoded and named. The wrong one is underlined where it stands. */
export function ArgumentList({
  args,
  out,
  wrong,
  failed,
}: {
  readonly args: readonly Arg[]
  readonly out: readonly Arg[]
  readonly wrong: RegExp | undefined
  readonly failed: boolean
}) {
  const t = useText()
  if (args.length + out.length === 0) return <p className="dim no-args">{t('run.args.none')}</p>
  return (
    <dl className="kv">
      {args.map((arg) => (
        <Entry key={`a${arg.name}`} arg={arg} wrong={wrong?.test(arg.name) === true} failed={failed} />
      ))}
      {out.map((arg) => (
        <Entry key={`o${arg.name}`} arg={arg} wrong={false} failed={failed} result />
      ))}
    </dl>
  )
}

function Entry(props: {
  readonly arg: Arg
  readonly wrong: boolean
  readonly failed: boolean
  readonly result?: boolean
}) {
  const { arg, wrong } = props
  return (
    <>
      <dt title={arg.name}>
        {props.result === true ? '→ ' : ''}
        {arg.name}
      </dt>
      <dd className={wrong ? 'wrong' : ''}>
        <Value arg={arg} failed={props.failed} />
      </dd>
    </>
  )
}

function Value({ arg, failed }: { readonly arg: Arg; readonly failed: boolean }) {
  const t = useText()
  switch (arg.kind) {
    case 'number':
      return <span>{/_?ms$|millis|timeout/i.test(arg.name) ? `${arg.value} ms` : arg.value}</span>
    case 'i64':
      return <span>{String(arg.value)}</span>
    case 'enum':
      return (
        <span>
          {arg.label} <em>({arg.value})</em>
        </span>
      )
    case 'bytes':
      if (arg.value.length === 0) return <em>{t('run.args.empty')}</em>
      return (
        <>
          <em className="size">{sizeText(arg.value.length)}</em>{' '}
          <span className="value">
            <Data text={bytesPreview(arg.value, 2000)} keep={'\n\t'} />
          </span>
        </>
      )
    case 'pairs':
      if (arg.value.length === 0) return <em>{t('run.args.empty')}</em>
      return (
        <span className="value">
          {arg.value.map(([name, value], index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: pairs are told apart by their place only
            <span key={index} className="pair">
              <em>
                <Data text={byteStringText(name)} />
              </em>{' '}
              <Data text={byteStringText(value)} />{' '}
            </span>
          ))}
        </span>
      )
    case 'unreadable':
      if (arg.reason === 'out-of-bounds') return <em className="bad">{t('run.args.outOfBounds')}</em>
      return <em>{failed ? t('run.args.notWrittenFailed') : t('run.args.notWritten')}</em>
  }
}
