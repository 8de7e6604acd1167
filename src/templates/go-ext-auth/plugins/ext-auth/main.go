package main

import (
	"errors"
	"net/http"
	"strings"

	"github.com/higress-group/proxy-wasm-go-sdk/proxywasm"
	"github.com/higress-group/proxy-wasm-go-sdk/proxywasm/types"
	"github.com/higress-group/wasm-go/pkg/log"
	"github.com/higress-group/wasm-go/pkg/wrapper"
	"github.com/tidwall/gjson"
)

func main() {}

func init() {
	wrapper.SetCtx(
		"ext-auth",
		wrapper.ParseConfig(parseConfig),
		wrapper.ProcessRequestHeaders(onHttpRequestHeaders),
		wrapper.ProcessRequestBody(onHttpRequestBody),
	)
}

// AuthConfig says who decides, and what becomes of a request when nobody does.
type AuthConfig struct {
	client           wrapper.HttpClient
	path             string
	upstreamHeaders  []string
	withBody         bool
	failureModeAllow bool
}

func parseConfig(json gjson.Result, config *AuthConfig) error {
	service := json.Get("service").String()
	if service == "" {
		return errors.New("missing service in config")
	}
	config.client = wrapper.NewClusterClient(wrapper.FQDNCluster{FQDN: service, Port: 80})
	config.path = json.Get("path").String()
	config.withBody = json.Get("withBody").Bool()
	config.failureModeAllow = json.Get("failureModeAllow").Bool()
	for _, name := range json.Get("allowedUpstreamHeaders").Array() {
		config.upstreamHeaders = append(config.upstreamHeaders, strings.ToLower(name.String()))
	}
	return nil
}

func onHttpRequestHeaders(ctx wrapper.HttpContext, config AuthConfig) types.Action {
	ctx.DisableReroute()
	if config.withBody && ctx.HasRequestBody() {
		// The headers wait here for the body, which the next function gets as a whole.
		return types.HeaderStopIteration
	}
	ctx.DontReadRequestBody()
	if ask(ctx, config, nil) {
		return types.HeaderStopAllIterationAndWatermark
	}
	return types.HeaderContinue
}

func onHttpRequestBody(ctx wrapper.HttpContext, config AuthConfig, body []byte) types.Action {
	if ask(ctx, config, body) {
		return types.DataStopIterationAndBuffer
	}
	return types.DataContinue
}

// Asks the service; false when nothing was sent, so that nothing will resume the request.
func ask(ctx wrapper.HttpContext, config AuthConfig, body []byte) bool {
	headers := [][2]string{
		{"x-forwarded-method", ctx.Method()},
		{"x-forwarded-uri", ctx.Path()},
		{"x-forwarded-host", ctx.Host()},
	}
	if token, err := proxywasm.GetHttpRequestHeader("authorization"); err == nil {
		headers = append(headers, [2]string{"authorization", token})
	}
	err := config.client.Post(config.path, headers, body,
		func(statusCode int, responseHeaders http.Header, responseBody []byte) {
			switch {
			case statusCode == http.StatusOK:
				for _, name := range config.upstreamHeaders {
					if value := responseHeaders.Get(name); value != "" {
						proxywasm.ReplaceHttpRequestHeader(name, value)
					}
				}
				proxywasm.ResumeHttpRequest()
			case statusCode >= http.StatusInternalServerError && config.failureModeAllow:
				proxywasm.ReplaceHttpRequestHeader("x-envoy-auth-failure-mode-allowed", "true")
				proxywasm.ResumeHttpRequest()
			case statusCode >= http.StatusInternalServerError:
				log.Errorf("the auth service answered with %d", statusCode)
				proxywasm.SendHttpResponseWithDetail(http.StatusForbidden, "ext-auth.service_failed", nil, nil, -1)
			default:
				proxywasm.SendHttpResponseWithDetail(uint32(statusCode), "ext-auth.denied", nil, responseBody, -1)
			}
		}, 1000)
	if err != nil {
		log.Errorf("the auth service cannot be called: %v", err)
		if !config.failureModeAllow {
			proxywasm.SendHttpResponseWithDetail(http.StatusForbidden, "ext-auth.service_failed", nil, nil, -1)
		}
		return false
	}
	return true
}
