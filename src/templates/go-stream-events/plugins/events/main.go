package main

import (
	"bytes"
	"fmt"
	"regexp"
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
		"stream-events",
		wrapper.ParseConfig(parseConfig),
		wrapper.ProcessRequestHeaders(onHttpRequestHeaders),
		wrapper.ProcessResponseHeaders(onHttpResponseHeaders),
		wrapper.ProcessStreamingResponseBody(onStreamingResponseBody),
	)
}

// MaskConfig says which text of an event is replaced.
type MaskConfig struct {
	pattern     *regexp.Regexp
	replacement []byte
}

func parseConfig(json gjson.Result, config *MaskConfig) error {
	pattern, err := regexp.Compile(json.Get("pattern").String())
	if err != nil {
		return fmt.Errorf("the pattern is no regular expression: %w", err)
	}
	config.pattern = pattern
	config.replacement = []byte(json.Get("replacement").String())
	return nil
}

func onHttpRequestHeaders(ctx wrapper.HttpContext, config MaskConfig) types.Action {
	ctx.DisableReroute()
	proxywasm.RemoveHttpRequestHeader("accept-encoding")
	return types.HeaderContinue
}

func onHttpResponseHeaders(ctx wrapper.HttpContext, config MaskConfig) types.Action {
	contentType, _ := proxywasm.GetHttpResponseHeader("content-type")
	if !strings.HasPrefix(contentType, "text/event-stream") {
		ctx.DontReadResponseBody()
		return types.HeaderContinue
	}
	proxywasm.RemoveHttpResponseHeader("content-length")
	return types.HeaderContinue
}

// What is not yet a whole event waits in the context for the next chunk: chunks do not end where events do.
const remainder = "remainder"

func onStreamingResponseBody(ctx wrapper.HttpContext, config MaskConfig, chunk []byte, isLastChunk bool) []byte {
	data := append(ctx.GetByteSliceContext(remainder, nil), wrapper.UnifySSEChunk(chunk)...)
	whole := len(data)
	if !isLastChunk {
		whole = bytes.LastIndex(data, []byte("\n\n"))
		if whole < 0 {
			whole = 0
		} else {
			whole += len("\n\n")
		}
	}
	ctx.SetContext(remainder, bytes.Clone(data[whole:]))
	log.Debugf("%d bytes are whole events, %d wait", whole, len(data)-whole)
	return config.pattern.ReplaceAll(data[:whole], config.replacement)
}
