//go:build !wasip1

package proxywasm

import (
	"fmt"
	"math"
	"reflect"
	"strings"
	"testing"

	"proxyground.dev/abi/hostcall"

	"github.com/higress-group/proxy-wasm-go-sdk/proxywasm/types"
)

// Every function of the package against a host that only notes: which host function it calls, with which arguments.
func TestEveryFunctionCallsItsHostFunction(t *testing.T) {
	pairs := [][2]string{{"k", "v"}}
	wire := string(hostcall.EncodePairs(pairs))
	none := string(hostcall.EncodePairs(nil))
	maxSize := uint32(math.MaxInt32)
	data := []byte("data")
	first := func(_ any, err error) error { return err }

	cases := map[string]struct {
		call func() error
		want []any
	}{
		"GetVMConfiguration":         {func() error { return first(GetVMConfiguration()) }, of("proxy_get_buffer_bytes", 6, 0, maxSize)},
		"GetPluginConfiguration":     {func() error { return first(GetPluginConfiguration()) }, of("proxy_get_buffer_bytes", 7, 0, maxSize)},
		"SetTickPeriodMilliSeconds":  {func() error { return SetTickPeriodMilliSeconds(5) }, of("proxy_set_tick_period_milliseconds", 5)},
		"PluginDone":                 {func() error { PluginDone(); return nil }, of("proxy_done")},
		"SetEffectiveContext":        {func() error { return SetEffectiveContext(5) }, of("proxy_set_effective_context", 5)},
		"RegisterSharedQueue":        {func() error { return first(RegisterSharedQueue("q")) }, of("proxy_register_shared_queue", "q")},
		"ResolveSharedQueue":         {func() error { return first(ResolveSharedQueue("v", "q")) }, of("proxy_resolve_shared_queue", "v", "q")},
		"EnqueueSharedQueue":         {func() error { return EnqueueSharedQueue(5, data) }, of("proxy_enqueue_shared_queue", 5, "data")},
		"DequeueSharedQueue":         {func() error { return first(DequeueSharedQueue(5)) }, of("proxy_dequeue_shared_queue", 5)},
		"GetSharedData":              {func() error { _, _, err := GetSharedData("k"); return err }, of("proxy_get_shared_data", "k")},
		"SetSharedData":              {func() error { return SetSharedData("k", data, 5) }, of("proxy_set_shared_data", "k", "data", 5)},
		"GetProperty":                {func() error { return first(GetProperty([]string{"a", "b"})) }, of("proxy_get_property", "a\x00b")},
		"SetProperty":                {func() error { return SetProperty([]string{"a"}, data) }, of("proxy_set_property", "a", "data")},
		"CallForeignFunction":        {func() error { return first(CallForeignFunction("f", data)) }, of("proxy_call_foreign_function", "f", "data")},
		"SendHttpResponse":           {func() error { return SendHttpResponse(418, pairs, data, -1) }, of("proxy_send_local_response", 418, "", "data", wire, int32(-1))},
		"SendHttpResponseWithDetail": {func() error { return SendHttpResponseWithDetail(418, "d", nil, nil, 7) }, of("proxy_send_local_response", 418, "d", "", none, int32(7))},
		"InjectEncodedDataToFilterChain": {func() error { return InjectEncodedDataToFilterChain(data, true) },
			of("proxy_inject_encoded_data_to_filter_chain", "data", 1)},
		"GetUpstreamHosts":        {func() error { return first(GetUpstreamHosts()) }, of("proxy_get_upstream_hosts")},
		"SetUpstreamOverrideHost": {func() error { return SetUpstreamOverrideHost(data) }, of("proxy_set_upstream_override_host", "data")},
		"RedisInit":               {func() error { return RedisInit("c", "u", "p", 5) }, of("proxy_redis_init", "c", "u", "p", 5)},
		"GetRedisCallResponse":    {func() error { return first(GetRedisCallResponse(1, 2)) }, of("proxy_get_buffer_bytes", 9, 1, 2)},
		"DispatchHttpCall": {func() error { return first(DispatchHttpCall("c", pairs, data, nil, 5, nil)) },
			of("proxy_http_call", "c", wire, "data", none, 5)},
		"DispatchRedisCall":           {func() error { return first(DispatchRedisCall("c", data, nil)) }, of("proxy_redis_call", "c", "data")},
		"GetPropertyMap":              {func() error { return first(GetPropertyMap([]string{"a"})) }, of("proxy_get_property", "a")},
		"GetHttpCallResponseHeaders":  {func() error { return first(GetHttpCallResponseHeaders()) }, of("proxy_get_header_map_pairs", 6)},
		"GetHttpCallResponseTrailers": {func() error { return first(GetHttpCallResponseTrailers()) }, of("proxy_get_header_map_pairs", 7)},
		"GetHttpCallResponseBody":     {func() error { return first(GetHttpCallResponseBody(1, 2)) }, of("proxy_get_buffer_bytes", 4, 1, 2)},
		"ContinueTcpStream":           {ContinueTcpStream, of("proxy_continue_stream", 2)},
		"CloseDownstream":             {CloseDownstream, of("proxy_close_stream", 2)},
		"CloseUpstream":               {CloseUpstream, of("proxy_close_stream", 3)},
		"ResumeHttpRequest":           {ResumeHttpRequest, of("proxy_continue_stream", 0)},
		"ResumeHttpResponse":          {ResumeHttpResponse, of("proxy_continue_stream", 1)},
	}
	type mapFunctions struct {
		get      func() ([][2]string, error)
		set      func([][2]string) error
		one      func(string) (string, error)
		add, put func(key, value string) error
		remove   func(string) error
		mapType  uint32
	}
	for name, f := range map[string]mapFunctions{
		"request headers":   {get: GetHttpRequestHeaders, set: ReplaceHttpRequestHeaders, one: GetHttpRequestHeader, add: AddHttpRequestHeader, put: ReplaceHttpRequestHeader, remove: RemoveHttpRequestHeader, mapType: 0},
		"request trailers":  {get: GetHttpRequestTrailers, set: ReplaceHttpRequestTrailers, one: GetHttpRequestTrailer, add: AddHttpRequestTrailer, put: ReplaceHttpRequestTrailer, remove: RemoveHttpRequestTrailer, mapType: 1},
		"response headers":  {get: GetHttpResponseHeaders, set: ReplaceHttpResponseHeaders, one: GetHttpResponseHeader, add: AddHttpResponseHeader, put: ReplaceHttpResponseHeader, remove: RemoveHttpResponseHeader, mapType: 2},
		"response trailers": {get: GetHttpResponseTrailers, set: ReplaceHttpResponseTrailers, one: GetHttpResponseTrailer, add: AddHttpResponseTrailer, put: ReplaceHttpResponseTrailer, remove: RemoveHttpResponseTrailer, mapType: 3},
	} {
		add := func(part string, call func() error, want []any) {
			cases[name+" "+part] = struct {
				call func() error
				want []any
			}{call, want}
		}
		add("get", func() error { return first(f.get()) }, of("proxy_get_header_map_pairs", f.mapType))
		add("set", func() error { return f.set(pairs) }, of("proxy_set_header_map_pairs", f.mapType, wire))
		add("one", func() error { return first(f.one("k")) }, of("proxy_get_header_map_value", f.mapType, "k"))
		add("add", func() error { return f.add("k", "v") }, of("proxy_add_header_map_value", f.mapType, "k", "v"))
		add("replace", func() error { return f.put("k", "v") }, of("proxy_replace_header_map_value", f.mapType, "k", "v"))
		add("remove", func() error { return f.remove("k") }, of("proxy_remove_header_map_value", f.mapType, "k"))
	}
	type bufferFunctions struct {
		get                  func(start, maxSize int) ([]byte, error)
		append, prepend, put func([]byte) error
		bufferType           uint32
	}
	for name, f := range map[string]bufferFunctions{
		"request body":    {GetHttpRequestBody, AppendHttpRequestBody, PrependHttpRequestBody, ReplaceHttpRequestBody, 0},
		"response body":   {GetHttpResponseBody, AppendHttpResponseBody, PrependHttpResponseBody, ReplaceHttpResponseBody, 1},
		"downstream data": {GetDownstreamData, AppendDownstreamData, PrependDownstreamData, ReplaceDownstreamData, 2},
		"upstream data":   {GetUpstreamData, AppendUpstreamData, PrependUpstreamData, ReplaceUpstreamData, 3},
	} {
		add := func(part string, call func() error, want []any) {
			cases[name+" "+part] = struct {
				call func() error
				want []any
			}{call, want}
		}
		add("get", func() error { return first(f.get(3, 4)) }, of("proxy_get_buffer_bytes", f.bufferType, 3, 4))
		add("append", func() error { return f.append(data) }, of("proxy_set_buffer_bytes", f.bufferType, maxSize, 0, "data"))
		add("prepend", func() error { return f.prepend(data) }, of("proxy_set_buffer_bytes", f.bufferType, 0, 0, "data"))
		add("replace", func() error { return f.put(nil) }, of("proxy_set_buffer_bytes", f.bufferType, 0, maxSize, ""))
	}
	for level, log := range []func(string){LogTrace, LogDebug, LogInfo, LogWarn, LogError, LogCritical} {
		cases[fmt.Sprint("log ", level)] = struct {
			call func() error
			want []any
		}{func() error { log("m"); return nil }, of("proxy_log", level, "m")}
	}
	for level, log := range []func(string, ...any){LogTracef, LogDebugf, LogInfof, LogWarnf, LogErrorf, LogCriticalf} {
		cases[fmt.Sprint("logf ", level)] = struct {
			call func() error
			want []any
		}{func() error { log("%d", 7); return nil }, of("proxy_log", level, "7")}
	}

	for name, each := range cases {
		t.Run(name, func(t *testing.T) {
			got := noteCalls(t, 12, each.call)
			if !reflect.DeepEqual(got.call, each.want) {
				t.Errorf("%q, not %q", got.call, each.want)
			}
			logs := strings.HasPrefix(name, "log") || name == "PluginDone"
			if !logs && got.err != types.ErrorUnimplemented {
				t.Errorf("the status of the host is lost: %v", got.err)
			}
		})
	}
}

func TestMetricsPanicWithTheHostsError(t *testing.T) {
	for name, call := range map[string]func(){
		"define metric of name m: error status returned by host: bad argument":    func() { DefineGaugeMetric("m") },
		"increment 4 by 2: error status returned by host: bad argument":           func() { MetricCounter(4).Increment(2) },
		"error adding 5 by -2: error status returned by host: bad argument":       func() { MetricGauge(5).Add(-2) },
		"error adding 6: error status returned by host: bad argument":             func() { MetricHistogram(6).Record(2) },
		"get metric of  6: error status returned by host: bad argument":           func() { MetricHistogram(6).Value() },
		"get metric of  4: error status returned by host: bad argument":           func() { MetricCounter(4).Value() },
		"define metric of name new: error status returned by host: bad argument":  func() { DefineCounterMetric("new") },
		"define metric of name hist: error status returned by host: bad argument": func() { DefineHistogramMetric("hist") },
	} {
		noteCalls(t, 2, func() error {
			defer func() {
				if got := recover(); got != name {
					t.Errorf("%v, not %s", got, name)
				}
			}()
			call()
			return nil
		})
	}
}

type noted struct {
	call []any
	err  error
}

// noteCalls runs call against a host that answers every function with status; pointers for results are left out.
func noteCalls(t *testing.T, status uint32, call func() error) noted {
	t.Helper()
	var got []any
	before := hostcall.Native
	defer func() { hostcall.Native = before }()
	hostcall.Native = func(name string, arguments ...any) uint32 {
		got = []any{name}
		for _, argument := range arguments {
			if reflect.TypeOf(argument).Kind() != reflect.Pointer {
				got = append(got, argument)
			}
		}
		return status
	}
	err := call()
	return noted{got, err}
}

// of is a call as noteCalls notes it: plain numbers are the ABI's u32.
func of(name string, arguments ...any) []any {
	call := []any{name}
	for _, argument := range arguments {
		if number, ok := argument.(int); ok {
			argument = uint32(number)
		}
		call = append(call, argument)
	}
	return call
}
