// A Higress plugin whose configuration names what it does: HTTP calls, ticks, shared data, queues, metrics, foreign
// functions, injected data, Redis.
package main

import (
	"errors"
	"fmt"

	"github.com/higress-group/proxy-wasm-go-sdk/proxywasm"
	"github.com/higress-group/proxy-wasm-go-sdk/proxywasm/types"
)

func main() {}

func init() {
	proxywasm.SetPluginContext(func(contextID uint32) types.PluginContext { return &plugin{id: contextID} })
	proxywasm.SetHttpContext(func(contextID uint32) types.HttpContext { return &stream{id: contextID} })
}

var what string

type plugin struct {
	types.DefaultPluginContext
	id    uint32
	ticks int
	queue uint32
}

func (p *plugin) OnPluginStart(int) types.OnPluginStartStatus {
	configuration, _ := proxywasm.GetPluginConfiguration()
	what = string(configuration)
	switch what {
	case `{"do":"tick"}`, `{"do":"resume"}`:
		report("period", "", proxywasm.SetTickPeriodMilliSeconds(100))
	case `{"do":"share"}`:
		p.share()
	case `{"do":"queue"}`:
		queue, err := proxywasm.RegisterSharedQueue("mine")
		p.queue = queue
		report("register", queue, err)
	case `{"do":"metrics"}`:
		metrics()
	case `{"do":"foreign"}`:
		level, err := proxywasm.CallForeignFunction("get_log_level", nil)
		report("level", level, err)
		_, err = proxywasm.CallForeignFunction("no such function", []byte("x"))
		report("unknown", "", err)
		packed, err := proxywasm.CallForeignFunction("compress", []byte("hello hello hello hello"))
		report("compress", len(packed) > 0, err)
		plain, err := proxywasm.CallForeignFunction("uncompress", packed)
		report("uncompress", string(plain), err)
		_, err = proxywasm.CallForeignFunction("uncompress", []byte("no zlib"))
		report("bad", "", err)
	}
	return types.OnPluginStartStatusOK
}

func (p *plugin) share() {
	_, _, err := proxywasm.GetSharedData("key")
	report("before", "", err)
	report("set", "", proxywasm.SetSharedData("key", []byte("one"), 0))
	value, cas, err := proxywasm.GetSharedData("key")
	report("get", string(value), err)
	report("with version", cas != 0, proxywasm.SetSharedData("key", []byte("two"), cas))
	err = proxywasm.SetSharedData("key", []byte("three"), cas)
	report("old version", errors.Is(err, types.ErrorStatusCasMismatch), err)
	report("empty", "", proxywasm.SetSharedData("key", nil, 0))
	value, _, err = proxywasm.GetSharedData("key")
	report("is empty", len(value), err)
}

func metrics() {
	counter := proxywasm.DefineCounterMetric("hits")
	counter.Increment(3)
	counter.Increment(4)
	gauge := proxywasm.DefineGaugeMetric("level")
	gauge.Add(5)
	gauge.Add(-7)
	proxywasm.DefineHistogramMetric("size").Record(12)
	report("counter", counter.Value(), nil)
	report("gauge", gauge.Value(), nil)
}

func (p *plugin) OnTick() {
	p.ticks++
	report("tick", p.ticks, nil)
	if what == `{"do":"resume"}` {
		report("unknown context", "", proxywasm.SetEffectiveContext(99))
		report("context", "", proxywasm.SetEffectiveContext(waiting))
		report("resume", "", proxywasm.ResumeHttpRequest())
	}
	if p.ticks == 2 {
		report("stop", "", proxywasm.SetTickPeriodMilliSeconds(0))
	}
}

func (p *plugin) OnQueueReady(queueID uint32) {
	for {
		item, err := proxywasm.DequeueSharedQueue(queueID)
		report("item of mine "+fmt.Sprint(queueID == p.queue), string(item), err)
		if err != nil {
			return
		}
	}
}

var waiting uint32

type stream struct {
	types.DefaultHttpContext
	id uint32
}

func (s *stream) OnHttpRequestHeaders(int, bool) types.Action {
	waiting = s.id
	switch what {
	case `{"do":"call"}`:
		headers := [][2]string{{":method", "GET"}, {":path", "/status/201"}, {":authority", "service"}}
		_, err := proxywasm.DispatchHttpCall("nowhere", headers, nil, nil, 500, nil)
		report("unknown cluster", "", err)
		_, err = proxywasm.DispatchHttpCall("httpbin", headers[:2], nil, nil, 500, nil)
		report("no authority", "", err)
		token, err := proxywasm.DispatchHttpCall("httpbin", headers, nil, nil, 500, s.answered)
		report("call", token, err)
		_, err = proxywasm.GetHttpCallResponseHeaders()
		report("no answer yet", "", err)
		return types.HeaderStopAllIterationAndWatermark
	case `{"do":"leave"}`:
		headers := [][2]string{{":method", "GET"}, {":path", "/delay/1"}, {":authority", "service"}}
		_, err := proxywasm.DispatchHttpCall("httpbin", headers, []byte("body"), [][2]string{{"t", "1"}}, 5000, s.answered)
		report("call", "", err)
	case `{"do":"resume"}`:
		return types.HeaderStopAllIterationAndWatermark
	case `{"do":"redis"}`:
		report("unknown cluster", "", proxywasm.RedisInit("nowhere", "", "", 1000))
		report("init", "", proxywasm.RedisInit("redis?db=0", "", "secret", 1000))
		_, err := proxywasm.DispatchRedisCall("redis", command("SET", "k", "空 v"), s.redisAnswered)
		report("set", "", err)
		_, err = proxywasm.DispatchRedisCall("redis", command("GET", "k"), s.redisAnswered)
		report("get", "", err)
		_, err = proxywasm.DispatchRedisCall("redis", command("NOSUCH"), s.redisAnswered)
		report("unknown command", "", err)
		_, err = proxywasm.GetRedisCallResponse(0, 100)
		report("no answer yet", "", err)
		return types.HeaderStopAllIterationAndWatermark
	case `{"do":"queue"}`:
		_, err := proxywasm.ResolveSharedQueue("", "other")
		report("resolve other", "", err)
		queue, err := proxywasm.ResolveSharedQueue("", "mine")
		report("resolve", "", err)
		report("enqueue", "", proxywasm.EnqueueSharedQueue(queue, []byte("first")))
		report("enqueue", "", proxywasm.EnqueueSharedQueue(queue, []byte("second")))
		report("no queue", "", proxywasm.EnqueueSharedQueue(99, []byte("x")))
	case `{"do":"map"}`:
		headers, err := proxywasm.GetPropertyMap([]string{"request", "headers"})
		report("map", len(headers) > 3, err)
		_, err = proxywasm.GetProperty([]string{"request"})
		report("whole", "", err)
	case `{"do":"hosts"}`:
		hosts, err := proxywasm.GetUpstreamHosts()
		for _, host := range hosts {
			report("host "+host[0], host[1], err)
		}
		report("override", "", proxywasm.SetUpstreamOverrideHost([]byte("10.0.0.2:80")))
	case `{"do":"close"}`:
		report("close", "", proxywasm.CloseDownstream())
	}
	return types.HeaderContinue
}

func (s *stream) answered(numHeaders, bodySize, numTrailers int) {
	headers, err := proxywasm.GetHttpCallResponseHeaders()
	report("answer "+fmt.Sprint(numHeaders == len(headers), bodySize, numTrailers), headers[0], err)
	_, err = proxywasm.GetHttpCallResponseBody(0, 100)
	report("body", "", err)
	_, err = proxywasm.GetHttpCallResponseTrailers()
	report("trailers", "", err)
	report("edit", "", proxywasm.AddHttpRequestHeader("x-checked", headers[0][1]))
	report("resume", "", proxywasm.ResumeHttpRequest())
}

var redisAnswers int

func (s *stream) redisAnswered(status, size int) {
	answer, err := proxywasm.GetRedisCallResponse(0, size)
	report("answer "+fmt.Sprint(status, len(answer) == size), fmt.Sprintf("%q", answer), err)
	if redisAnswers++; redisAnswers == 3 {
		report("edit", "", proxywasm.AddHttpRequestHeader("x-redis", "done"))
		report("resume", "", proxywasm.ResumeHttpRequest())
	}
}

// command is a RESP array of bulk strings.
func command(words ...string) []byte {
	text := fmt.Sprintf("*%d\r\n", len(words))
	for _, word := range words {
		text += fmt.Sprintf("$%d\r\n%s\r\n", len(word), word)
	}
	return []byte(text)
}

func (s *stream) OnHttpResponseBody(size int, end bool) types.Action {
	if what != `{"do":"inject"}` {
		return types.DataContinue
	}
	body, _ := proxywasm.GetHttpResponseBody(0, size)
	if size > 0 {
		report("inject", "", proxywasm.InjectEncodedDataToFilterChain(append([]byte("+"), body...), false))
	}
	if end {
		report("last", "", proxywasm.InjectEncodedDataToFilterChain([]byte("."), true))
	}
	return types.DataStopIterationNoBuffer
}

func (s *stream) OnHttpStreamDone() { report("done", s.id == waiting, nil) }

func report(what string, value any, err error) {
	proxywasm.LogInfo(fmt.Sprintf("%s: %v|%v", what, value, err))
}
