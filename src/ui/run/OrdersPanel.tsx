import './orders.css'
import { useState } from 'react'
import type { Difference, DifferentLine } from '../../sandbox/entry/explore.ts'
import { choiceText } from '../../text/schedule-words.ts'
import { cancelOrders, keepOrder, orderCounts, showOrder, tryOrders, usualCount } from '../commands/orders.ts'
import { Icon } from '../shell/icons.tsx'
import { asUsual, isOfShown, type NoOrders, type OrdersDone, type OrdersState, whyNoOrders } from '../store/orders.ts'
import { useApp } from '../store/store.ts'
import { useText } from '../text.ts'
import { visibleText } from '../timeline/display-text.ts'

const none: OrdersState = { kind: 'none' }

/** The scenario under other orders than usual: how many are tried, what ends otherwise, and what causes it. */
export function OrdersPanel() {
  const t = useText()
  const [count, setCount] = useState<number>(usualCount)
  const reason = useReason()
  const known = useApp(({ orders }) => orders)
  const current = useApp((state) => state.orders.kind !== 'none' && isOfShown(state.orders.of, state))
  const orders = current ? known : none
  return (
    <section className="orders" aria-label={t('run.orders.title')}>
      <h3 className="pane-title">{t('run.orders.title')}</h3>
      <p className="orders-about">{t('run.orders.about')}</p>
      <div className="pane-bar">
        {orders.kind === 'trying' ? (
          <>
            <progress
              max={orders.of.count}
              value={orders.tried}
              aria-label={t('run.orders.progress', { tried: orders.tried, count: orders.of.count })}
            />
            <span className="num mid">{t('run.orders.progress', { tried: orders.tried, count: orders.of.count })}</span>
            <button type="button" className="btn line" onClick={cancelOrders}>
              {t('run.orders.cancel')}
            </button>
          </>
        ) : (
          <>
            <select
              aria-label={t('run.orders.count')}
              value={count}
              onChange={(event) => setCount(Number(event.target.value))}
            >
              {orderCounts.map((many) => (
                <option key={many} value={many}>
                  {t('run.orders.many', { count: many })}
                </option>
              ))}
            </select>
            <button
              type="button"
              className="btn line"
              disabled={reason !== undefined}
              title={reason}
              onClick={() => void tryOrders(count)}
            >
              {t(orders.kind === 'none' ? 'run.orders.try' : 'run.orders.again')}
            </button>
            {reason !== undefined && <span className="dim">{reason}</span>}
          </>
        )}
      </div>
      <div role="status">
        <Outcome orders={orders} />
      </div>
      {orders.kind === 'done' && <Differences orders={orders} />}
    </section>
  )
}

/** Why the button does nothing now, in words. */
function useReason(): string | undefined {
  const t = useText()
  const why = useApp((state) => whyNoOrders(state)?.why)
  const plugin = useApp((state) => pluginOf(whyNoOrders(state)))
  return why === undefined ? undefined : t(`run.orders.why.${why}`, { plugin: visibleText(plugin) })
}

const pluginOf = (reason: NoOrders | undefined): string =>
  reason !== undefined && 'plugin' in reason ? reason.plugin : ''

function Outcome({ orders }: { readonly orders: OrdersState }) {
  const t = useText()
  switch (orders.kind) {
    case 'none':
    case 'trying':
      return null
    case 'nothing':
      return <p>{t('run.orders.nothing')}</p>
    case 'failed':
      return (
        <p className="bad">
          {orders.message === undefined
            ? t('run.orders.failed')
            : t('run.orders.crashed', { message: visibleText(orders.message) })}
        </p>
      )
    case 'done':
      return <Summary orders={orders} />
  }
}

function Summary({ orders }: { readonly orders: OrdersDone }) {
  const t = useText()
  const stale = useApp(({ project }) => project.revision !== orders.of.revision)
  const { of, tried, unfinished, differences } = orders
  const same = asUsual(orders)
  return (
    <>
      <p className={differences.length > 0 ? 'orders-sum strong' : 'orders-sum'}>
        {differences.length === 0 && unfinished === 0
          ? t('run.orders.all', { count: tried })
          : t('run.orders.asUsual', { same, count: tried })}
      </p>
      {tried < of.count && <p className="dim">{t('run.orders.stopped', { tried, count: of.count })}</p>}
      {unfinished > 0 && <p className="dim">{t('run.orders.unfinished', { count: unfinished })}</p>}
      {stale && <p className="dim">{t('run.orders.changed')}</p>}
    </>
  )
}

function Differences({ orders }: { readonly orders: OrdersDone }) {
  const t = useText()
  const stale = useApp(({ project }) => project.revision !== orders.of.revision)
  const inFile = 'file' in orders.of.scenario
  return (
    <ol className="orders-list">
      {orders.differences.map((difference) => (
        <li key={difference.seed} className="order">
          <h4>{t('run.orders.other', { count: difference.times })}</h4>
          <ul className="order-lines">
            {difference.lines.map((line) => (
              <li key={`${line.about} ${line.step} ${line.now} ${line.usual}`}>
                <span className="dim">
                  {line.about === 'finding' ? t('run.orders.run') : t('run.orders.step', { number: line.step + 1 })}
                </span>{' '}
                <Line line={line} />
              </li>
            ))}
          </ul>
          <Choices difference={difference} />
          <div className="pane-bar">
            <button
              type="button"
              className="btn sm line"
              disabled={stale}
              title={stale ? t('run.orders.changed') : undefined}
              onClick={() => void showOrder(orders.of, difference)}
            >
              {t('run.orders.show')}
            </button>
            <button
              type="button"
              className="btn sm line"
              disabled={stale || !inFile || orders.kept === difference.seed}
              title={stale ? t('run.orders.changed') : inFile ? undefined : t('run.orders.noFile')}
              onClick={() => keepOrder(difference)}
            >
              {orders.kept === difference.seed && <Icon name="check" size={13} />}
              {t(orders.kept === difference.seed ? 'run.orders.kept' : 'run.orders.keep')}
            </button>
          </div>
        </li>
      ))}
    </ol>
  )
}

function Line({ line }: { readonly line: DifferentLine }) {
  const t = useText()
  const { about, usual, now } = line
  if (about === 'expectation')
    return (
      <span className={now === '' ? undefined : 'bad'}>
        {t(now === '' ? 'run.orders.holds' : 'run.orders.fails', { path: visibleText(now || usual) })}
      </span>
    )
  if (about === 'finding')
    return t(now === '' ? 'run.orders.unexplained' : 'run.orders.explained', { rule: visibleText(now || usual) })
  return (
    <>
      {t('run.orders.now')} <span className="mono">{now === '' ? t('run.tests.nothing') : visibleText(now)}</span>
      <span className="dim">{t('run.orders.usually')}</span>{' '}
      <span className="mono dim">{usual === '' ? t('run.tests.nothing') : visibleText(usual)}</span>
    </>
  )
}

/** The choices that cause it, in the order in which they are made. */
function Choices({ difference }: { readonly difference: Difference }) {
  const t = useText()
  return (
    <ul className="order-lines" aria-label={t('run.orders.when')}>
      {difference.choices.map((choice, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a choice is its place in the schedule
        <li key={index}>
          <span className="dim">{t('run.orders.when')}</span> {visibleText(choiceText(choice, t))}
        </li>
      ))}
    </ul>
  )
}
