import { at, OUT_LONG, OUT_WORD, utf8 } from './bytes'
import { proxy_define_metric, proxy_get_metric, proxy_increment_metric, proxy_record_metric } from './host'
import { keepStatus, Status } from './status'

export enum MetricType {
  Counter = 0,
  Gauge = 1,
  Histogram = 2,
}

/**
 * A metric of the gateway. Defining the same name twice gives the same metric. It is defined when it is first used, so
 * that it may be a constant at the top of a file: during `_initialize` gateways refuse every host call but `proxy_log`.
 */
export class Metric {
  private metricId: u32 = 0
  private known: bool = false

  constructor(
    readonly type: MetricType,
    readonly name: string,
  ) {}

  /** Defines it now. `Status.Ok` if the gateway knows it. */
  define(): Status {
    if (this.known) return keepStatus(0)
    const bytes = utf8(this.name)
    const status = keepStatus(proxy_define_metric(this.type, at(bytes), bytes.byteLength, OUT_WORD))
    this.known = status == Status.Ok
    this.metricId = load<u32>(OUT_WORD)
    return status
  }

  /** Adds to a counter or gauge; a counter takes no negative number. */
  increment(by: i64 = 1): Status {
    const status = this.define()
    return status == Status.Ok ? keepStatus(proxy_increment_metric(this.metricId, by)) : status
  }
  /** Sets a gauge, or adds a sample to a histogram. */
  record(value: u64): Status {
    const status = this.define()
    return status == Status.Ok ? keepStatus(proxy_record_metric(this.metricId, value)) : status
  }
  /** The value of a counter or gauge; 0 if it cannot be read. */
  get value(): u64 {
    if (this.define() != Status.Ok) return 0
    return keepStatus(proxy_get_metric(this.metricId, OUT_LONG)) == Status.Ok ? load<u64>(OUT_LONG) : 0
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
