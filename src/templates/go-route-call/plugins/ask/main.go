package main

import (
	"encoding/json"
	"errors"
	"net/url"

	"github.com/higress-group/proxy-wasm-go-sdk/proxywasm"
	"github.com/higress-group/proxy-wasm-go-sdk/proxywasm/types"
	"github.com/higress-group/wasm-go/pkg/log"
	"github.com/higress-group/wasm-go/pkg/wrapper"
	"github.com/tidwall/gjson"
)

func main() {}

func init() {
	wrapper.SetCtx(
		"route-call",
		wrapper.ParseConfig(parseConfig),
		wrapper.ProcessRequestHeaders(onHttpRequestHeaders),
		wrapper.ProcessRequestBody(onHttpRequestBody),
	)
}

// AskConfig says where questions are answered.
type AskConfig struct {
	url string
}

func parseConfig(json gjson.Result, config *AskConfig) error {
	config.url = json.Get("url").String()
	if config.url == "" {
		return errors.New("missing url in config")
	}
	return nil
}

func onHttpRequestHeaders(ctx wrapper.HttpContext, config AskConfig) types.Action {
	ctx.DisableReroute()
	if !ctx.HasRequestBody() {
		proxywasm.SendHttpResponse(400, nil, []byte("send a question"), -1)
		return types.HeaderStopAllIterationAndWatermark
	}
	// The headers have to be here still when the route call changes them.
	return types.HeaderStopIteration
}

func onHttpRequestBody(ctx wrapper.HttpContext, config AskConfig, body []byte) types.Action {
	question := gjson.GetBytes(body, "question").String()
	// Not a call beside the request: the request itself goes to its route with another method, path and body.
	err := ctx.RouteCall("GET", config.url+"?q="+url.QueryEscape(question), [][2]string{{"x-asked-by", "gateway"}}, nil,
		func(statusCode int, responseHeaders [][2]string, responseBody []byte) {
			if statusCode != 200 {
				log.Errorf("the search answered with %d", statusCode)
				proxywasm.SendHttpResponse(502, nil, []byte("the search failed"), -1)
				return
			}
			found := map[string]string{"question": question, "asked": gjson.GetBytes(responseBody, "url").String()}
			answer, err := json.Marshal(found)
			if err != nil {
				log.Errorf("the answer cannot be written: %v", err)
				return
			}
			headers := [][2]string{{"content-type", "application/json"}}
			proxywasm.SendHttpResponse(uint32(statusCode), headers, answer, -1)
		})
	if err != nil {
		log.Errorf("the search cannot be asked: %v", err)
		proxywasm.SendHttpResponse(500, nil, []byte("the search cannot be asked"), -1)
	}
	return types.ActionContinue
}
