package main

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/higress-group/proxy-wasm-go-sdk/proxywasm"
	"github.com/higress-group/proxy-wasm-go-sdk/proxywasm/types"
	"github.com/higress-group/wasm-go/pkg/wrapper"
	"github.com/tidwall/gjson"
)

func main() {}

func init() {
	wrapper.SetCtx(
		"request-block",
		wrapper.ParseConfig(parseConfig),
		wrapper.ProcessRequestHeaders(onHttpRequestHeaders),
		wrapper.ProcessRequestBody(onHttpRequestBody),
	)
}

// BlockConfig lists what a request may not have.
type BlockConfig struct {
	status     uint32
	message    string
	urls       []string
	urlRegexps []*regexp.Regexp
	headers    []string
	bodies     []string
}

func parseConfig(json gjson.Result, config *BlockConfig) error {
	config.status = 403
	if code := json.Get("blockedCode").Int(); code != 0 {
		config.status = uint32(code)
	}
	config.message = json.Get("blockedMessage").String()
	config.urls = texts(json.Get("blockUrls"))
	config.headers = texts(json.Get("blockHeaders"))
	config.bodies = texts(json.Get("blockBodies"))
	for _, text := range texts(json.Get("blockRegexpUrls")) {
		pattern, err := regexp.Compile(text)
		if err != nil {
			return fmt.Errorf("blockRegexpUrls: %w", err)
		}
		config.urlRegexps = append(config.urlRegexps, pattern)
	}
	if len(config.urls)+len(config.urlRegexps)+len(config.headers)+len(config.bodies) == 0 {
		return errors.New("there is nothing to block")
	}
	return nil
}

func texts(list gjson.Result) (found []string) {
	for _, item := range list.Array() {
		if text := strings.ToLower(item.String()); text != "" {
			found = append(found, text)
		}
	}
	return found
}

func onHttpRequestHeaders(ctx wrapper.HttpContext, config BlockConfig) types.Action {
	if len(config.bodies) == 0 {
		ctx.DontReadRequestBody()
	}
	url := strings.ToLower(ctx.Path())
	for _, part := range config.urls {
		if strings.Contains(url, part) {
			return block(config, "request-block.url_blocked.keyword")
		}
	}
	for _, pattern := range config.urlRegexps {
		if pattern.MatchString(url) {
			return block(config, "request-block.url_blocked.regexp")
		}
	}
	headers, err := proxywasm.GetHttpRequestHeaders()
	if err != nil {
		return types.HeaderContinue
	}
	for _, part := range config.headers {
		for _, header := range headers {
			if strings.Contains(strings.ToLower(header[0]+": "+header[1]), part) {
				return block(config, "request-block.header_blocked")
			}
		}
	}
	if len(config.bodies) > 0 && ctx.HasRequestBody() {
		// The headers wait for the verdict on the body, so that nothing of a blocked request leaves.
		return types.HeaderStopIteration
	}
	return types.HeaderContinue
}

func onHttpRequestBody(ctx wrapper.HttpContext, config BlockConfig, body []byte) types.Action {
	text := strings.ToLower(string(body))
	for _, part := range config.bodies {
		if strings.Contains(text, part) {
			return block(config, "request-block.body_blocked")
		}
	}
	return types.ActionContinue
}

func block(config BlockConfig, details string) types.Action {
	proxywasm.SendHttpResponseWithDetail(config.status, details, nil, []byte(config.message), -1)
	return types.ActionPause
}
