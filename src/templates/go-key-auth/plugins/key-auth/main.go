package main

import (
	"errors"
	"net/http"

	"github.com/higress-group/proxy-wasm-go-sdk/proxywasm"
	"github.com/higress-group/proxy-wasm-go-sdk/proxywasm/types"
	"github.com/higress-group/wasm-go/pkg/log"
	"github.com/higress-group/wasm-go/pkg/wrapper"
	"github.com/tidwall/gjson"
)

func main() {}

func init() {
	wrapper.SetCtx(
		"key-auth",
		wrapper.ParseOverrideConfig(parseGlobalConfig, parseRuleConfig),
		wrapper.ProcessRequestHeaders(onHttpRequestHeaders),
	)
}

// KeyAuthConfig knows the consumers by their keys; a rule says which of them may pass.
type KeyAuthConfig struct {
	consumers map[string]string
	keys      []string
	// Nil where no rule matches: nobody is asked for a key there.
	allow map[string]bool
}

func parseGlobalConfig(json gjson.Result, global *KeyAuthConfig) error {
	global.consumers = make(map[string]string)
	for _, consumer := range json.Get("consumers").Array() {
		name, credential := consumer.Get("name").String(), consumer.Get("credential").String()
		if name == "" || credential == "" {
			return errors.New("a consumer needs a name and a credential")
		}
		if _, taken := global.consumers[credential]; taken {
			return errors.New("two consumers have the same credential")
		}
		global.consumers[credential] = name
	}
	for _, key := range json.Get("keys").Array() {
		global.keys = append(global.keys, key.String())
	}
	if len(global.consumers) == 0 || len(global.keys) == 0 {
		return errors.New("consumers and keys are needed")
	}
	return nil
}

func parseRuleConfig(json gjson.Result, global KeyAuthConfig, config *KeyAuthConfig) error {
	// A rule begins with the global part, which stays as it is for the others.
	*config = global
	config.allow = make(map[string]bool)
	for _, name := range json.Get("allow").Array() {
		config.allow[name.String()] = true
	}
	if len(config.allow) == 0 {
		return errors.New("a rule needs at least one name in allow")
	}
	return nil
}

func onHttpRequestHeaders(ctx wrapper.HttpContext, config KeyAuthConfig) types.Action {
	ctx.DontReadRequestBody()
	ctx.DisableReroute()
	if config.allow == nil {
		return types.HeaderContinue
	}
	credential := ""
	for _, name := range config.keys {
		if value, err := proxywasm.GetHttpRequestHeader(name); err == nil && value != "" {
			credential = value
			break
		}
	}
	if credential == "" {
		return deny(http.StatusUnauthorized, "key-auth.no_key", "No API key found in the request.")
	}
	name, known := config.consumers[credential]
	if !known {
		return deny(http.StatusUnauthorized, "key-auth.unknown_key", "The API key is not known.")
	}
	if !config.allow[name] {
		log.Warnf("consumer %q may not use this route", name)
		return deny(http.StatusForbidden, "key-auth.unauthorized", "The consumer may not use this route.")
	}
	proxywasm.AddHttpRequestHeader("x-mse-consumer", name)
	return types.HeaderContinue
}

func deny(status uint32, details, text string) types.Action {
	headers := [][2]string{{"www-authenticate", "Key realm=MSE Gateway"}}
	proxywasm.SendHttpResponseWithDetail(status, details, headers, []byte(text), -1)
	return types.HeaderStopAllIterationAndWatermark
}
