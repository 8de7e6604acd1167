// A guest made of the options that the other guests do not use: raw configurations, forms that take the logger, a logger
// of its own, safe logs, a hook that can refuse.
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
	wrapper.SetCtxWithOptions("options",
		wrapper.WithLogger[config](&ownLog{}),
		wrapper.EnableSafeLog[config](),
		wrapper.PrePluginStartOrReload[config](beforeStart),
		wrapper.ParseOverrideRawConfig(parseRaw, parseRawRule),
		wrapper.ProcessRequestHeadersBy(onRequestHeaders),
		wrapper.ProcessRequestBodyBy(onRequestBody),
		wrapper.ProcessResponseHeadersBy(onResponseHeaders),
		wrapper.ProcessResponseBodyBy(onResponseBody),
		wrapper.ProcessStreamDoneBy(onStreamDone),
	)
	// Not registered, but they have to compile: the other forms of the same options.
	_ = []wrapper.CtxOption[config]{
		wrapper.ParseConfigBy(parseBy),
		wrapper.ParseRawConfig(parseRaw),
		wrapper.ParseOverrideConfigBy(parseBy, parseRuleBy),
		wrapper.ProcessStreamingRequestBodyBy(onChunk),
		wrapper.ProcessStreamingResponseBodyBy(onChunk),
	}
}

type config struct{ text, global string }

// A logger that marks its lines; the levels it lacks are those of the plain one.
type ownLog struct {
	log.Log
	id string
}

func (l *ownLog) Debugf(format string, args ...interface{}) {
	proxywasm.LogInfo("own debug: " + fmt.Sprintf(format, args...))
}
func (l *ownLog) Debug(msg string)                          { proxywasm.LogInfo("own debug: " + msg) }
func (l *ownLog) Info(msg string)                           { proxywasm.LogInfo("own info " + l.id + ": " + msg) }
func (l *ownLog) Infof(format string, args ...interface{})  { l.Info(fmt.Sprintf(format, args...)) }
func (l *ownLog) Warn(msg string)                           { proxywasm.LogWarn("own: " + msg) }
func (l *ownLog) Warnf(format string, args ...interface{})  { l.Warn(fmt.Sprintf(format, args...)) }
func (l *ownLog) Error(msg string)                          { proxywasm.LogError("own: " + msg) }
func (l *ownLog) Errorf(format string, args ...interface{}) { l.Error(fmt.Sprintf(format, args...)) }
func (l *ownLog) ResetID(pluginID string)                   { l.id = pluginID }

func beforeStart(ctx wrapper.PluginContext) error {
	ctx.EnableRuleLevelConfigIsolation()
	data, _ := proxywasm.GetPluginConfiguration()
	if gjson.GetBytes(data, "refuseHook").Bool() {
		return errors.New("the hook refuses")
	}
	return nil
}

func parseRaw(data []byte, config *config) error {
	config.text = strings.TrimSpace(string(data))
	return nil
}

func parseRawRule(data []byte, global config, config *config) error {
	if gjson.GetBytes(data, "refuse").Bool() {
		return errors.New("refused")
	}
	config.text, config.global = string(data), global.text
	return nil
}

func parseBy(json gjson.Result, config *config, log log.Log) error { return nil }
func parseRuleBy(json gjson.Result, global config, config *config, log log.Log) error {
	return nil
}
func onChunk(ctx wrapper.HttpContext, config config, chunk []byte, isLast bool, log log.Log) []byte {
	return chunk
}

func onRequestHeaders(ctx wrapper.HttpContext, config config, logger log.Log) types.Action {
	logger.Infof("request %s < %s", config.text, config.global)
	log.UnsafeInfof("secret of %s", ctx.Path())
	return types.HeaderContinue
}

func onRequestBody(ctx wrapper.HttpContext, config config, body []byte, log log.Log) types.Action {
	log.Infof("request body %s", body)
	return types.ActionContinue
}

func onResponseHeaders(ctx wrapper.HttpContext, config config, log log.Log) types.Action {
	log.Infof("response %t", wrapper.IsResponseFromUpstream())
	return types.HeaderContinue
}

func onResponseBody(ctx wrapper.HttpContext, config config, body []byte, log log.Log) types.Action {
	log.Infof("response body %t", len(body) > 0)
	return types.ActionContinue
}

func onStreamDone(ctx wrapper.HttpContext, config config, log log.Log) { log.Infof("done") }
