package main

import (
	"errors"
	"net/http"
	"strconv"

	"github.com/higress-group/proxy-wasm-go-sdk/proxywasm"
	"github.com/higress-group/proxy-wasm-go-sdk/proxywasm/types"
	"github.com/higress-group/wasm-go/pkg/log"
	"github.com/higress-group/wasm-go/pkg/wrapper"
	"github.com/tidwall/gjson"
)

func main() {}

func init() {
	wrapper.SetCtx(
		"retry",
		wrapper.ParseConfig(parseConfig),
		wrapper.ProcessRequestHeaders(onHttpRequestHeaders),
	)
}

// RetryConfig names the service, and how often it is asked at most.
type RetryConfig struct {
	client   wrapper.HttpClient
	attempts int64
}

func parseConfig(json gjson.Result, config *RetryConfig) error {
	config.attempts = json.Get("attempts").Int()
	if config.attempts < 1 {
		return errors.New("attempts has to be at least 1")
	}
	config.client = wrapper.NewClusterClient(wrapper.DnsCluster{
		ServiceName: json.Get("serviceName").String(),
		Domain:      json.Get("domain").String(),
		Port:        80,
	})
	return nil
}

func onHttpRequestHeaders(ctx wrapper.HttpContext, config RetryConfig) types.Action {
	if err := ask(config, 1); err != nil {
		log.Errorf("nobody was asked: %v", err)
		return types.HeaderContinue
	}
	return types.HeaderStopAllIterationAndWatermark
}

// A failed connection and a timeout come as 503 and 504 too, never as an error.
func ask(config RetryConfig, attempt int64) error {
	headers := [][2]string{{"x-attempt", strconv.FormatInt(attempt, 10)}}
	answered := func(statusCode int, _ http.Header, body []byte) {
		if statusCode >= 503 && attempt < config.attempts && ask(config, attempt+1) == nil {
			return
		}
		tried := [][2]string{{"x-attempts", strconv.FormatInt(attempt, 10)}}
		proxywasm.SendHttpResponse(uint32(statusCode), tried, body, -1)
	}
	return config.client.Get("/stock", headers, answered, 200)
}
