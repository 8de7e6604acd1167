package wrapper

import (
	"testing"

	"github.com/higress-group/proxy-wasm-go-sdk/proxywasm/types"
	"github.com/tidwall/gjson"
)

type greeting struct{ text string }

func parseGreeting(json gjson.Result, config *greeting) error {
	config.text = json.Get("text").String()
	return nil
}

func TestContextsOfNewCommonVmCtxKnowTheirConfiguration(t *testing.T) {
	vm := NewCommonVmCtx("greeter", ParseConfig(parseGreeting))
	plugin, ok := vm.NewPluginContext(1).(*CommonPluginCtx[greeting])
	if !ok {
		t.Fatal("the plugin context has another type")
	}
	exchange, ok := plugin.NewHttpContext(2).(*CommonHttpCtx[greeting])
	if !ok {
		t.Fatal("the exchange has another type")
	}
	exchange.SetContext("key", "value")
	if exchange.GetStringContext("key", "") != "value" || exchange.self != HttpContext(exchange) {
		t.Error("the exchange is not the context that handlers get")
	}
}

func TestAHandlerGetsItsOwnCopyOfTheConfiguration(t *testing.T) {
	var given []string
	vm := newVmCtx("greeter", nil, []CtxOption[greeting]{
		ParseConfig(parseGreeting),
		ProcessRequestHeaders(func(_ HttpContext, config greeting) types.Action {
			given = append(given, config.text)
			config.text = "changed"
			return types.HeaderContinue
		}),
	})
	config := &greeting{text: "hello"}
	for range 2 {
		vm.on.requestHeaders(nil, config)
	}
	if len(given) != 2 || given[0] != "hello" || given[1] != "hello" {
		t.Errorf("got %q", given)
	}
}
