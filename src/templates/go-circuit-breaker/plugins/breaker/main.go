package main

import (
	"time"

	"github.com/higress-group/proxy-wasm-go-sdk/proxywasm"
	"github.com/higress-group/proxy-wasm-go-sdk/proxywasm/types"
	"github.com/higress-group/wasm-go/pkg/log"
	"github.com/higress-group/wasm-go/pkg/wrapper"
	"github.com/tidwall/gjson"
)

func main() {}

func init() {
	wrapper.SetCtx(
		"circuit-breaker",
		wrapper.ParseConfig(parseConfig),
		wrapper.ProcessRequestHeaders(onHttpRequestHeaders),
		wrapper.ProcessResponseHeaders(onHttpResponseHeaders),
	)
}

// BreakerConfig says when the circuit opens, and for how long.
type BreakerConfig struct {
	failures int64
	open     time.Duration
	circuit  *circuit
}

// A VM belongs to one worker: each worker has a circuit of its own, as Envoy's outlier detection has.
type circuit struct {
	failed    int64
	openUntil time.Time
	probing   bool
}

func parseConfig(json gjson.Result, config *BreakerConfig) error {
	config.failures = json.Get("failures").Int()
	config.open = time.Duration(json.Get("openSeconds").Int()) * time.Second
	config.circuit = &circuit{}
	return nil
}

const asked = "asked"

func onHttpRequestHeaders(ctx wrapper.HttpContext, config BreakerConfig) types.Action {
	c := config.circuit
	if c.failed >= config.failures {
		if c.probing || time.Now().Before(c.openUntil) {
			proxywasm.SendHttpResponse(503, [][2]string{{"x-circuit", "open"}}, []byte("the circuit is open\n"), -1)
			return types.HeaderContinue
		}
		// One request tries whether the service is well again; the others still wait outside.
		c.probing = true
	}
	ctx.SetContext(asked, true)
	return types.HeaderContinue
}

func onHttpResponseHeaders(ctx wrapper.HttpContext, config BreakerConfig) types.Action {
	if !ctx.GetBoolContext(asked, false) {
		return types.HeaderContinue
	}
	c := config.circuit
	c.probing = false
	status, _ := proxywasm.GetHttpResponseHeader(":status")
	if status < "500" {
		c.failed = 0
		return types.HeaderContinue
	}
	c.failed++
	if c.failed >= config.failures {
		c.openUntil = time.Now().Add(config.open)
		log.Warnf("the circuit opens after %d failures", c.failed)
	}
	return types.HeaderContinue
}
