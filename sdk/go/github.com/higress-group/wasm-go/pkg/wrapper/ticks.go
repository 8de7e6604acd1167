package wrapper

import (
	"time"

	"github.com/higress-group/proxy-wasm-go-sdk/proxywasm"
	"github.com/higress-group/wasm-go/pkg/log"
)

// The host's tick, in milliseconds: the granularity of every registered period.
const tickPeriod = 100

// TickFuncEntry is one function that runs from time to time.
type TickFuncEntry struct {
	lastRun int64
	period  int64
	run     func()
}

// Registered while a configuration is read; the plugin context takes them when that is done.
var pendingTicks []TickFuncEntry

// RegisterTickFunc lets a function run every tickPeriod milliseconds (a multiple of 100). Call it while the
// configuration is parsed. The first run is at the first tick.
func RegisterTickFunc(tickPeriod int64, tickFunc func()) {
	pendingTicks = append(pendingTicks, TickFuncEntry{period: tickPeriod, run: tickFunc})
}

func (ctx *pluginCtx) startTicks() bool {
	ctx.ticks, pendingTicks = pendingTicks, nil
	if len(ctx.ticks) == 0 {
		return true
	}
	if err := proxywasm.SetTickPeriodMilliSeconds(tickPeriod); err != nil {
		log.Errorf("SetTickPeriodMilliSeconds failed, onTick functions will not take effect: %v", err)
		return false
	}
	return true
}

// OnTick runs what is due.
func (ctx *pluginCtx) OnTick() {
	for i := range ctx.ticks {
		entry := &ctx.ticks[i]
		now := time.Now().UnixMilli()
		if entry.lastRun == 0 || now-entry.lastRun >= entry.period {
			entry.run()
			entry.lastRun = now
		}
	}
}
