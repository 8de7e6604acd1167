package server

import (
	"errors"
	"fmt"

	"github.com/higress-group/proxy-wasm-go-sdk/proxywasm"
	"github.com/higress-group/proxy-wasm-go-sdk/proxywasm/types"
	"github.com/higress-group/wasm-go/pkg/mcp/utils"
	"github.com/higress-group/wasm-go/pkg/wrapper"
	"github.com/tidwall/gjson"
)

const (
	bodyLimit   = 100 << 20
	memoryLimit = 200 << 20
)

// Context is what Load fills: the servers by their names.
type Context struct {
	servers map[string]Server
}

var loaded = Context{servers: make(map[string]Server)}

// CtxOption is an argument of Load.
type CtxOption interface {
	Apply(*Context)
}

type contextOption func(*Context)

// Apply does what the option says.
func (o contextOption) Apply(ctx *Context) { o(ctx) }

// AddMCPServer registers a server under the name that configurations call it by.
func AddMCPServer(name string, server Server) CtxOption {
	return contextOption(func(ctx *Context) { ctx.servers[name] = server })
}

// Load registers servers; call it in func init, before Initialize.
func Load(options ...CtxOption) {
	for _, option := range options {
		option.Apply(&loaded)
	}
}

// GetServerFromGlobalContext gives a registered server.
func GetServerFromGlobalContext(serverName string) (Server, bool) {
	server, ok := loaded.servers[serverName]
	return server, ok
}

// McpServerConfig is one configuration: which server answers, with which of its tools.
type McpServerConfig struct {
	name    string
	server  Server
	methods utils.MethodHandlers
}

// ConfigOptions changes how ParseConfigCore reads a configuration. Nothing can be changed here.
type ConfigOptions struct{}

// Initialize registers the plugin mcp-server with all that Load has registered.
func Initialize() {
	wrapper.SetCtxWithOptions("mcp-server",
		wrapper.WithLogger[McpServerConfig](utils.MCPServerLog{}),
		wrapper.ParseConfigWithContext(func(_ wrapper.PluginContext, json gjson.Result, config *McpServerConfig) error {
			return ParseConfigCore(json, config, nil)
		}),
		wrapper.ProcessRequestHeaders(onRequestHeaders),
		wrapper.ProcessRequestBody(onRequestBody),
		wrapper.WithRebuildMaxMemBytes[McpServerConfig](memoryLimit),
	)
}

// ParseConfigCore reads a configuration: server.name, server.config and allowTools. What only the real module knows
// (servers made of REST tools, of other servers, or of a remote server) is an error that says so.
func ParseConfigCore(configJson gjson.Result, config *McpServerConfig, opts *ConfigOptions) error {
	name := configJson.Get("server.name").String()
	if name == "" {
		return errors.New("server.name is missing in the configuration")
	}
	for _, part := range []string{"tools", "toolSet", "server.mcpServerURL", "server.securitySchemes"} {
		if configJson.Get(part).Exists() {
			return fmt.Errorf("%s: this part of MCP servers is not in Proxyground's wasm-go yet; only servers registered with AddMCPServer are", part)
		}
	}
	registered, ok := GetServerFromGlobalContext(name)
	if !ok {
		return fmt.Errorf("mcp server %s is not registered", name)
	}
	config.name = name
	config.server = registered.Clone()
	config.server.SetConfig([]byte(configJson.Get("server.config").Raw))
	config.methods = methodHandlers(name, config.server, allowedTools(configJson.Get("allowTools")))
	return nil
}

// Without a list every tool may be called.
func allowedTools(list gjson.Result) func(string) bool {
	if !list.Exists() {
		return func(string) bool { return true }
	}
	allowed := make(map[string]bool)
	for _, name := range list.Array() {
		allowed[name.String()] = true
	}
	return func(name string) bool { return allowed[name] }
}

func onRequestHeaders(ctx wrapper.HttpContext, config McpServerConfig) types.Action {
	ctx.DisableReroute()
	ctx.SetRequestBodyBufferLimit(bodyLimit)
	ctx.SetResponseBodyBufferLimit(bodyLimit)
	_ = proxywasm.RemoveHttpRequestHeader("accept-encoding")
	switch ctx.Method() {
	case "GET", "DELETE":
		// There is no stream to open and no session to end here.
		refuse(405, "mcp:method_not_allowed", "Method Not Allowed")
		return types.HeaderStopAllIterationAndWatermark
	}
	if !ctx.HasRequestBody() {
		refuse(400, "mcp:missing_body", "Bad Request")
		return types.HeaderStopAllIterationAndWatermark
	}
	// The headers wait: a tool may turn this request into another one.
	return types.HeaderStopIteration
}

func refuse(status uint32, details, text string) {
	_ = proxywasm.SendHttpResponseWithDetail(status, details, nil, []byte(text), -1)
}

func onRequestBody(ctx wrapper.HttpContext, config McpServerConfig, body []byte) types.Action {
	return utils.HandleJsonRpcMethod(ctx, body, config.methods)
}
