// A guest that shows what the wrapper does around a plugin: configuration, rules, contexts, default actions, panics.
package main

import (
	"errors"
	"fmt"
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
		"core",
		wrapper.PrePluginStartOrReload[config](beforeStart),
		wrapper.ParseOverrideConfig(parseConfig, parseRule),
		wrapper.ProcessRequestHeaders(onRequestHeaders),
		wrapper.ProcessRequestBody(onRequestBody),
		wrapper.ProcessResponseHeaders(onResponseHeaders),
		wrapper.ProcessResponseBody(onResponseBody),
		wrapper.ProcessStreamDone(onStreamDone),
	)
}

type config struct{ name, inherited string }

func beforeStart(ctx wrapper.PluginContext) error {
	ctx.SetContext("hook", "ran")
	return nil
}

func parseConfig(json gjson.Result, config *config) error {
	if cause := json.Get("refuse").String(); cause != "" {
		return errors.New(cause)
	}
	config.name = json.Get("name").String()
	config.inherited = "nothing"
	log.Debugf("global %s %s", json.Raw, config.name)
	return nil
}

func parseRule(json gjson.Result, global config, config *config) error {
	if cause := json.Get("refuse").String(); cause != "" {
		return errors.New(cause)
	}
	config.name = json.Get("name").String()
	config.inherited = global.name
	return nil
}

func onRequestHeaders(ctx wrapper.HttpContext, config config) types.Action {
	log.Infof("request %s %s %s %s body=%t websocket=%t binary=%t phase=%d config=%s<%s",
		ctx.Scheme(), ctx.Host(), ctx.Path(), ctx.Method(), ctx.HasRequestBody(), ctx.IsWebsocket(),
		ctx.IsBinaryRequestBody(), ctx.GetExecutionPhase(), config.name, config.inherited)
	ctx.SetContext("text", "kept")
	ctx.SetContext("flag", true)
	ctx.SetContext("bytes", []byte("raw"))
	switch {
	case strings.HasPrefix(ctx.Path(), "/panic"):
		var none map[string]int
		none["a"] = 1
	case strings.HasPrefix(ctx.Path(), "/skip"):
		ctx.DontReadRequestBody()
		ctx.DontReadResponseBody()
	case strings.HasPrefix(ctx.Path(), "/attributes"):
		ctx.SetUserAttribute("quoted", `a "b" \c`)
		ctx.SetUserAttribute("count", 2)
		log.Infof("wrote %v", ctx.WriteUserAttributeToLog())
		ctx.SetUserAttributeMap(map[string]interface{}{"later": true})
		log.Infof("wrote %v, trace %v, has %v", ctx.WriteUserAttributeToLog(), ctx.WriteUserAttributeToTrace(), ctx.GetUserAttributeMap())
	case strings.HasPrefix(ctx.Path(), "/queue"):
		ctx.PushBuffer([]byte("one"))
		ctx.PushBuffer([]byte("two"))
		log.Infof("queue %d %s %s %d %v", ctx.BufferQueueSize(), ctx.PopBuffer(), ctx.PopBuffer(), ctx.BufferQueueSize(), ctx.PopBuffer() == nil)
	case strings.HasPrefix(ctx.Path(), "/properties"):
		ctx.DisableReroute()
		ctx.SetRequestBodyBufferLimit(1000)
		ctx.SetResponseBodyBufferLimit(2000)
	}
	return types.HeaderContinue
}

func onRequestBody(ctx wrapper.HttpContext, config config, body []byte) types.Action {
	log.Infof("request body %q phase=%d", body, ctx.GetExecutionPhase())
	return types.ActionContinue
}

func onResponseHeaders(ctx wrapper.HttpContext, config config) types.Action {
	status, _ := proxywasm.GetHttpResponseHeader(":status")
	log.Infof("response %s body=%t binary=%t json=%t upstream=%t phase=%d", status, ctx.HasResponseBody(),
		ctx.IsBinaryResponseBody(), wrapper.IsApplicationJson(), wrapper.IsResponseFromUpstream(), ctx.GetExecutionPhase())
	return types.HeaderContinue
}

func onResponseBody(ctx wrapper.HttpContext, config config, body []byte) types.Action {
	log.Infof("response body of %d bytes phase=%d", len(body), ctx.GetExecutionPhase())
	return types.ActionContinue
}

func onStreamDone(ctx wrapper.HttpContext, config config) {
	log.Info(fmt.Sprintf("done %s %t %s %s phase=%d", ctx.GetStringContext("text", "?"), ctx.GetBoolContext("flag", false),
		ctx.GetByteSliceContext("bytes", nil), ctx.GetStringContext("flag", "not a text"), ctx.GetExecutionPhase()))
}
