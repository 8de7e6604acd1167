import { at, OUT_LONG, OUT_WORD, utf8 } from './bytes'
import { proxy_define_metric, proxy_get_metric, proxy_increment_metric, proxy_record_metric } from './host'
import { keepStatus, Status } from './status'

export enum MetricType {
  Counter = 0,
  Gauge = 1,
  Histogram = 2,
}

/** A metric of the gateway. Defining the same name twice gives the same metric. */
export class Metric {
  readonly id: u32
  /** `Status.Ok` if the gateway knows it. */
  readonly defined: Status

  constructor(type: MetricType, name: string) {
    const bytes = utf8(name)
    this.defined = keepStatus(proxy_define_metric(type, at(bytes), bytes.byteLength, OUT_WORD))
    this.id = load<u32>(OUT_WORD)
  }

  /** Adds to a counter or gauge; a counter takes no negative number. */
  increment(by: i64 = 1): Status {
    return keepStatus(proxy_increment_metric(this.id, by))
  }
  /** Sets a gauge, or adds a sample to a histogram. */
  record(value: u64): Status {
    return keepStatus(proxy_record_metric(this.id, value))
  }
  /** The value of a counter or gauge. */
  get value(): u64 {
    return keepStatus(proxy_get_metric(this.id, OUT_LONG)) == Status.Ok ? load<u64>(OUT_LONG) : 0
  }
}

export function counter(name: string): Metric {
  return new Metric(MetricType.Counter, name)
}
export function gauge(name: string): Metric {
  return new Metric(MetricType.Gauge, name)
}
export function histogram(name: string): Metric {
  return new Metric(MetricType.Histogram, name)
}
