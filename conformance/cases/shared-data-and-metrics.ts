import type { ProbeCase } from '../observed.ts'
import { get, on } from './parts.ts'

/** Shared data with CAS, counters, gauges and histograms. */
export const sharedDataAndMetricsCases: readonly ProbeCase[] = [
  // h. shared data
  {
    name: 'shared data and its cas',
    scripts: [
      on(
        'request_headers',
        'shget k',
        'shset k v 0',
        'shget k',
        'shset k w 4294967295',
        'shset new v 77',
        'shset k  0',
        'shget k',
      ),
    ],
    request: get,
  },
  // i. metrics
  {
    name: 'counters, gauges, histograms',
    scripts: [
      on(
        'request_headers',
        'metric 0 c inc 5',
        'metric 0 c inc -2',
        'metric 0 c inc 0',
        'metric 0 c rec 10',
        'metric 1 g inc 3',
        'metric 1 g inc -5',
        'metric 1 g rec 7',
        'metric 2 h inc 1',
        'metric 2 h rec 4',
      ),
    ],
    request: get,
  },
]
