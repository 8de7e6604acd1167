package proxywasm

import (
	"fmt"

	"proxyground.dev/abi/hostcall"
)

// Metrics panic when the host refuses them; they have no error results.
type (
	// MetricCounter only grows.
	MetricCounter uint32
	// MetricGauge goes up and down.
	MetricGauge uint32
	// MetricHistogram counts values by size.
	MetricHistogram uint32
)

// DefineCounterMetric makes a counter, or finds the one of that name.
func DefineCounterMetric(name string) MetricCounter {
	return MetricCounter(define(hostcall.Counter, name))
}

// DefineGaugeMetric makes a gauge, or finds the one of that name.
func DefineGaugeMetric(name string) MetricGauge {
	return MetricGauge(define(hostcall.Gauge, name))
}

// DefineHistogramMetric makes a histogram, or finds the one of that name.
func DefineHistogramMetric(name string) MetricHistogram {
	return MetricHistogram(define(hostcall.Histogram, name))
}

// Value is the present count.
func (m MetricCounter) Value() uint64 { return metricValue(uint32(m)) }

// Increment adds offset, which must not be 0.
func (m MetricCounter) Increment(offset uint64) {
	if err := hostcall.IncrementMetric(uint32(m), int64(offset)); err != nil {
		panic(fmt.Sprintf("increment %d by %d: %v", uint32(m), offset, err))
	}
}

// Value is the present level.
func (m MetricGauge) Value() int64 { return int64(metricValue(uint32(m))) }

// Add adds offset, which may be negative.
func (m MetricGauge) Add(offset int64) {
	if err := hostcall.IncrementMetric(uint32(m), offset); err != nil {
		panic(fmt.Sprintf("error adding %d by %d: %v", uint32(m), offset, err))
	}
}

// Value panics on present gateways: a histogram has no single value.
func (m MetricHistogram) Value() uint64 { return metricValue(uint32(m)) }

// Record counts one value.
func (m MetricHistogram) Record(value uint64) {
	if err := hostcall.RecordMetric(uint32(m), value); err != nil {
		panic(fmt.Sprintf("error adding %d: %v", uint32(m), err))
	}
}

func define(kind uint32, name string) uint32 {
	id, err := hostcall.DefineMetric(kind, name)
	if err != nil {
		panic(fmt.Sprintf("define metric of name %s: %v", name, err))
	}
	return id
}

func metricValue(id uint32) uint64 {
	value, err := hostcall.GetMetric(id)
	if err != nil {
		panic(fmt.Sprintf("get metric of  %d: %v", id, err))
	}
	return value
}
