import type { ScenarioReport } from '../../model/report.ts'
import { prometheusText, statsText } from '../../model/stats-text.ts'
import type { TraceView } from '../../model/trace.ts'
import { useText } from '../text.ts'
import { Data } from '../timeline/Data.tsx'
import { byteStringText } from '../timeline/display-text.ts'
import { RedisKeys } from './RedisKeys.tsx'

/** What the run left behind: shared data and metrics. */
export function StatePane({ report, trace }: { readonly report: ScenarioReport; readonly trace: TraceView }) {
  const t = useText()
  return (
    <div className="pane">
      <h3 className="pane-title">{t('run.state.shared')}</h3>
      {report.sharedData.length === 0 ? (
        <p className="pane-empty">{t('run.state.noShared')}</p>
      ) : (
        <table className="data">
          <thead>
            <tr>
              <th scope="col">vm_id</th>
              <th scope="col">{t('run.state.key')}</th>
              <th scope="col">{t('run.state.value')}</th>
              <th scope="col">cas</th>
            </tr>
          </thead>
          <tbody>
            {report.sharedData.map(([vm, key, value, cas]) => (
              <tr key={`${vm}\0${key}`}>
                <td>
                  {vm === '' ? (
                    <span className="dim">{t('run.state.emptyId')}</span>
                  ) : (
                    <Data text={byteStringText(vm)} />
                  )}
                </td>
                <td>
                  <Data text={byteStringText(key)} />
                </td>
                <td>
                  <Data text={byteStringText(value)} />
                </td>
                <td className="num">{cas}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {report.redis.length > 0 && <RedisKeys atEnd={report.redis} trace={trace} />}
      <h3 className="pane-title">{t('run.state.metrics')}</h3>
      {report.metrics.length === 0 ? (
        <p className="pane-empty">{t('run.state.noMetrics')}</p>
      ) : (
        <table className="data">
          <thead>
            <tr>
              <th scope="col">{t('run.state.name')}</th>
              <th scope="col">{t('run.state.kind')}</th>
              <th scope="col">{t('run.state.value')}</th>
            </tr>
          </thead>
          <tbody>
            {report.metrics.map((metric) => (
              <tr key={`${metric.kind} ${metric.name}`}>
                <td>
                  <Data text={byteStringText(metric.name)} />
                </td>
                <td>{metric.kind}</td>
                <td className="num">{metric.value}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {report.metrics.length > 0 && (
        <details className="stats">
          <summary>{t('run.state.stats')}</summary>
          <h4>GET /stats</h4>
          <pre>{statsText(report.metrics)}</pre>
          <h4>GET /stats/prometheus</h4>
          <pre>{prometheusText(report.metrics)}</pre>
        </details>
      )}
    </div>
  )
}
