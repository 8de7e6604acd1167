import { expect, test } from 'vitest'
import { binFor, Histogram } from './histogram.ts'
import { prometheusText, type Stat, statsText } from './stats-text.ts'

function histogram(name: string, values: readonly bigint[]): Stat {
  const made = new Histogram()
  for (const value of values) made.record(value)
  return { name, kind: 'histogram', value: values.length, bins: made.bins() }
}

// What a plugin of a real Envoy 1.40 defined and recorded, and what its admin port then said (2026-11-22).
const stats: readonly Stat[] = [
  { name: 'my_requests', kind: 'counter', value: 8 },
  { name: 'zero', kind: 'counter', value: 0 },
  { name: 'in.flight', kind: 'gauge', value: 7 },
  { name: 'negative', kind: 'gauge', value: -2 },
  histogram('latency_ms', [5n, 12n, 700n, 700n]),
  histogram('empty_histogram', []),
  { name: 'odd name-with.dots/and Ã©', kind: 'counter', value: 1 },
  { name: 'route.r1.upstream.c1.model.m.metric.tokens', kind: 'counter', value: 9 },
  { name: '1starts', kind: 'counter', value: 1 },
]

test('the admin port’s text has counters and gauges by name, then histograms', () => {
  expect(statsText(stats)).toBe(`wasmcustom.1starts: 1
wasmcustom.in.flight: 7
wasmcustom.my_requests: 8
wasmcustom.negative: 18446744073709551614
wasmcustom.odd name-with.dots/and é: 1
wasmcustom.route.r1.upstream.c1.model.m.metric.tokens: 9
wasmcustom.zero: 0
wasmcustom.empty_histogram: No recorded values
wasmcustom.latency_ms: P0(5.05,5.05) P25(5.05,5.05) P50(12.5,12.5) P75(703.3333333333334,703.3333333333334) P90(706.6666666666666,706.6666666666666) P95(706.6666666666666,706.6666666666666) P99(706.6666666666666,706.6666666666666) P99.5(706.6666666666666,706.6666666666666) P99.9(706.6666666666666,706.6666666666666) P100(706.6666666666666,706.6666666666666)
`)
})

test('Prometheus is told the names without prefix, and not the one that begins with a digit', () => {
  const text = prometheusText(stats)
  expect(text.slice(0, text.indexOf('# TYPE empty_histogram'))).toBe(`# TYPE my_requests counter
my_requests{} 8
# TYPE odd_name_with_dots_and__ counter
odd_name_with_dots_and__{} 1
# TYPE route_r1_upstream_c1_model_m_metric_tokens counter
route_r1_upstream_c1_model_m_metric_tokens{} 9
# TYPE zero counter
zero{} 0
# TYPE in_flight gauge
in_flight{} 7
# TYPE negative gauge
negative{} 18446744073709551614
`)
  const counts = [...text.matchAll(/latency_ms_bucket\{le="([^"]+)"\} (\d+)/g)].map(([, le, count]) => `${le} ${count}`)
  expect(counts).toEqual(
    ['0.5 0', '1 0', '5 1', '10 1', '25 2', '50 2', '100 2', '250 2', '500 2', '1000 4', '2500 4', '5000 4'].concat([
      '10000 4',
      '30000 4',
      '60000 4',
      '300000 4',
      '600000 4',
      '1800000 4',
      '3600000 4',
      '+Inf 4',
    ]),
  )
  expect(Number(/latency_ms_sum\{\} (\S+)/.exec(text)?.[1])).toBeCloseTo(1427.458582964679, 9)
  expect(text.endsWith('latency_ms_count{} 4\n')).toBe(true)
})

test.each([
  [0n, { low: 0, width: 0 }],
  [1n, { low: 1, width: 0.1 }],
  [10n, { low: 10, width: 1 }],
  [99n, { low: 99, width: 1 }],
  [123n, { low: 120, width: 10 }],
  [18_446_744_073_709_551_615n, { low: 18e18, width: 1e18 }],
])('%s falls into the bin of its first two digits', (value, bin) => {
  expect(binFor(value)).toEqual(bin)
})
