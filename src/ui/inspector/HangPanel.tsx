import './inspector.css'
import type { RunModel } from '../run/run-model.ts'
import { Icon } from '../shell/icons.tsx'
import { useText } from '../text.ts'
import { ActionMark } from '../timeline/ActionMark.tsx'
import { durationText, visibleText } from '../timeline/display-text.ts'
import { laneClass } from '../timeline/LaneHeader.tsx'
import { laneLetter, shortCluster } from '../timeline/lanes.ts'
import { EditButton } from './Explanation.tsx'
import { useFindingWords } from './finding-words.ts'
import { type Chance, hangOf } from './hang.ts'

/** A request that never ends: who holds it, all that could have resumed it, and what to do. */
export function HangPanel({ model, onSelect }: { readonly model: RunModel; readonly onSelect: (seq: number) => void }) {
  const t = useText()
  const wordsOf = useFindingWords()
  const hang = hangOf(model.timeline.records)
  if (hang === undefined) return null
  const plugin = model.trace.plugins.find(({ index }) => index === hang.plugin)
  const finding = model.findings.find(({ rule, event }) => rule === 'hung' && event === hang.seq)
  const words = finding === undefined ? undefined : wordsOf(finding)
  const name = visibleText(plugin?.name ?? '')
  const base = model.timeline.records[0]?.at ?? 0
  return (
    <section className="hang" aria-live="polite" aria-label={t('run.hang.title')}>
      <h2>
        <ActionMark mark="hang" size={20} />
        {t(hang.direction === 'request' ? 'run.hang.title' : 'run.hang.titleResponse')}
      </h2>
      <p>
        {plugin !== undefined && (
          <span className={`badge ${laneClass({ kind: 'plugin', index: plugin.index, name })}`}>
            {laneLetter(plugin.index)}
          </span>
        )}
        {t(hang.callback === '' ? 'run.hang.who' : 'run.hang.whoWhere', {
          plugin: name,
          callback: hang.callback.replace(/^proxy_/, ''),
        })}{' '}
        {t('run.hang.calledAfter', { count: hang.calledAfter })}{' '}
        {t(hang.certainty === 'certain' ? 'run.hang.certain' : 'run.hang.probable')}
      </p>
      <div className="could">
        {hang.chances.map((chance) => (
          <ChanceRow
            key={chance.kind === 'callout' ? `c${chance.token}` : chance.kind}
            chance={chance}
            plugin={name}
            base={base}
            number={
              'seq' in chance && chance.seq !== undefined ? model.timeline.numberOfSeq.get(chance.seq) : undefined
            }
            onSelect={onSelect}
          />
        ))}
      </div>
      <div className="todo-box">
        <h3>{t('run.hang.do')}</h3>
        {words !== undefined && words.why !== '' && <p>{words.why}</p>}
        <p>{words === undefined || words.todo === '' ? t('run.hang.todo') : words.todo}</p>
        {words?.edit !== undefined && <EditButton edit={words.edit} />}
      </div>
    </section>
  )
}

function ChanceRow(props: {
  readonly chance: Chance
  readonly plugin: string
  readonly base: number
  readonly number: number | undefined
  readonly onSelect: (seq: number) => void
}) {
  const { chance, plugin, base, number, onSelect } = props
  const t = useText()
  const [what, became, came] = chanceWords(t, chance, plugin, base)
  const seq = 'seq' in chance ? chance.seq : undefined
  return (
    <div>
      <span className={came ? 'mid' : 'dim'}>
        <Icon name={came ? 'check' : 'close'} />
      </span>
      <span>{what}</span>
      <span className="mid">{became}</span>
      {seq !== undefined && number !== undefined ? (
        <button type="button" className="btn sm" onClick={() => onSelect(seq)}>
          {t('run.events.number', { number })}
        </button>
      ) : (
        <span />
      )}
    </div>
  )
}

function chanceWords(
  t: ReturnType<typeof useText>,
  chance: Chance,
  plugin: string,
  base: number,
): readonly [what: string, became: string, came: boolean] {
  switch (chance.kind) {
    case 'redis':
    case 'callout': {
      const what = t(chance.kind === 'redis' ? 'run.hang.redis' : 'run.hang.callout', {
        cluster: shortCluster(visibleText(chance.cluster)),
        token: chance.token,
      })
      return chance.at === undefined
        ? [what, t('run.hang.calloutOpen'), false]
        : [what, t('run.hang.calloutCame', { time: durationText(chance.at - base) }), true]
    }
    case 'no-callouts':
      return [t('run.hang.callouts'), t('run.hang.none'), false]
    case 'ticks':
      return [t('run.hang.ticks', { plugin }), t('run.hang.ticksCame', { count: chance.count }), true]
    case 'no-ticks':
      return [t('run.hang.ticks', { plugin }), t('run.hang.noTicks'), false]
  }
}
