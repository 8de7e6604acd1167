import type { GoSdk } from '../../compile-worker/api.ts'

const higress = `package main

import (
	"github.com/higress-group/proxy-wasm-go-sdk/proxywasm"
	"github.com/higress-group/proxy-wasm-go-sdk/proxywasm/types"
	"github.com/higress-group/wasm-go/pkg/wrapper"
	"github.com/tidwall/gjson"
)

// main never runs in a plugin; init does.
func main() {}

func init() {
	wrapper.SetCtx(
		"NAME",
		wrapper.ParseConfig(parseConfig),
		wrapper.ProcessResponseHeaders(onHttpResponseHeaders),
	)
}

// PluginConfig holds what the plugin's configuration says.
type PluginConfig struct {
	greeting string
}

func parseConfig(json gjson.Result, config *PluginConfig) error {
	config.greeting = json.Get("greeting").String()
	if config.greeting == "" {
		config.greeting = "hello"
	}
	return nil
}

func onHttpResponseHeaders(ctx wrapper.HttpContext, config PluginConfig) types.Action {
	if err := proxywasm.AddHttpResponseHeader("x-plugin", config.greeting); err != nil {
		proxywasm.LogErrorf("the header was not added: %v", err)
	}
	return types.HeaderContinue
}
`

const contexts = `// plugin makes the contexts. What is embedded answers every callback that is not written here.
type plugin struct {
	types.DefaultVMContext
}

func (*plugin) NewPluginContext(contextID uint32) types.PluginContext {
	return &configuration{}
}

type configuration struct {
	types.DefaultPluginContext
}

func (*configuration) NewHttpContext(contextID uint32) types.HttpContext {
	return &stream{}
}

type stream struct {
	types.DefaultHttpContext
}

func (*stream) OnHttpResponseHeaders(numHeaders int, endOfStream bool) types.Action {
	if err := proxywasm.AddHttpResponseHeader("x-plugin", "hello"); err != nil {
		proxywasm.LogErrorf("the header was not added: %v", err)
	}
	return types.ActionContinue
}
`

const proxyWasm = `package main

import (
	"github.com/proxy-wasm/proxy-wasm-go-sdk/proxywasm"
	"github.com/proxy-wasm/proxy-wasm-go-sdk/proxywasm/types"
)

// main never runs in a plugin; init does.
func main() {}

func init() {
	proxywasm.SetVMContext(&plugin{})
}

${contexts}`

const tinygo = `package main

import (
	"github.com/tetratelabs/proxy-wasm-go-sdk/proxywasm"
	"github.com/tetratelabs/proxy-wasm-go-sdk/proxywasm/types"
)

// main runs when the module starts, as in modules that TinyGo builds.
func main() {
	proxywasm.SetVMContext(&plugin{})
}

${contexts}`

const sources: Readonly<Record<GoSdk, string>> = { higress, 'proxy-wasm': proxyWasm, tinygo }

/** The first file of a new Go plugin of this name, written against an SDK. */
export const goStarter = (name: string, sdk: GoSdk): string => sources[sdk].replace('"NAME"', JSON.stringify(name))
