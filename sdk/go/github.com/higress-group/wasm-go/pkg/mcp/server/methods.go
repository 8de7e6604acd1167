package server

import (
	"errors"
	"fmt"
	"sort"

	"github.com/higress-group/proxy-wasm-go-sdk/proxywasm"
	"github.com/higress-group/wasm-go/internal/mcpstate"
	"github.com/higress-group/wasm-go/pkg/iface"
	"github.com/higress-group/wasm-go/pkg/log"
	"github.com/higress-group/wasm-go/pkg/mcp/utils"
	"github.com/higress-group/wasm-go/pkg/wrapper"
	"github.com/tidwall/gjson"
)

// The versions of the protocol that are spoken; the last one is answered to a client that asks for another.
var protocolVersions = []string{"2024-11-05", "2025-03-26", "2025-06-18"}

// The handlers of MCP's methods for one configured server.
func methodHandlers(name string, server Server, allowed func(tool string) bool) utils.MethodHandlers {
	return utils.MethodHandlers{
		"ping": func(ctx wrapper.HttpContext, id utils.JsonRpcID, params gjson.Result) error {
			utils.OnMCPResponseSuccess(ctx, map[string]any{}, "mcp:"+name+":ping")
			return nil
		},
		"initialize": func(ctx wrapper.HttpContext, id utils.JsonRpcID, params gjson.Result) error {
			return initialize(ctx, name, params)
		},
		"notifications/initialized": func(wrapper.HttpContext, utils.JsonRpcID, gjson.Result) error { return nil },
		"notifications/cancelled":   func(wrapper.HttpContext, utils.JsonRpcID, gjson.Result) error { return nil },
		"tools/list": func(ctx wrapper.HttpContext, id utils.JsonRpcID, params gjson.Result) error {
			utils.OnMCPResponseSuccess(ctx, map[string]any{"tools": listTools(server, allowed)}, "mcp:"+name+":tools/list")
			return nil
		},
		"tools/call": func(ctx wrapper.HttpContext, id utils.JsonRpcID, params gjson.Result) error {
			return callTool(ctx, name, server, allowed, params)
		},
	}
}

func initialize(ctx wrapper.HttpContext, name string, params gjson.Result) error {
	asked := params.Get("protocolVersion").String()
	if asked == "" {
		return errors.New("initialize without protocolVersion")
	}
	version := protocolVersions[len(protocolVersions)-1]
	for _, known := range protocolVersions {
		if known == asked {
			version = asked
		}
	}
	utils.OnMCPResponseSuccess(ctx, map[string]any{
		"protocolVersion": version,
		"capabilities":    map[string]any{"tools": map[string]any{}},
		"serverInfo":      map[string]any{"name": name, "version": "1.0.0"},
	}, "mcp:"+name+":initialize")
	return nil
}

func listTools(server Server, allowed func(string) bool) []map[string]any {
	listed := make([]map[string]any, 0)
	for name, tool := range server.GetMCPTools() {
		if !allowed(name) {
			continue
		}
		entry := map[string]any{"name": name, "description": tool.Description(), "inputSchema": tool.InputSchema()}
		if typed, ok := tool.(ToolWithOutputSchema); ok {
			if schema := typed.OutputSchema(); len(schema) > 0 {
				entry["outputSchema"] = schema
			}
		}
		listed = append(listed, entry)
	}
	sort.Slice(listed, func(i, j int) bool { return listed[i]["name"].(string) < listed[j]["name"].(string) })
	return listed
}

func callTool(ctx wrapper.HttpContext, name string, server Server, allowed func(string) bool, params gjson.Result) error {
	toolName := params.Get("name").String()
	tool, known := server.GetMCPTools()[toolName]
	if !known || !allowed(toolName) {
		utils.OnMCPResponseError(ctx, fmt.Errorf("Unknown tool: invalid_tool_name: %s", toolName), mcpstate.InvalidParams, "mcp:"+name+":tools/call:invalid_tool_name")
		return nil
	}
	for property, value := range map[string]string{"mcp_server_name": name, "mcp_tool_name": toolName} {
		if err := proxywasm.SetProperty([]string{property}, []byte(value)); err != nil {
			log.Warnf("failed to set the property %s: %v", property, err)
		}
	}
	arguments := params.Get("arguments").Raw
	if arguments == "" {
		arguments = "{}"
	}
	instance := tool.Create([]byte(arguments))
	if instance == nil {
		utils.OnMCPResponseError(ctx, fmt.Errorf("invalid arguments of the tool %s", toolName), mcpstate.InvalidParams, "mcp:"+name+":tools/call:invalid_arguments")
		return nil
	}
	if err := instance.Call(watched{ctx}, server); err != nil {
		utils.OnMCPToolCallError(ctx, err, "mcp:"+name+":tools/call:failed")
	}
	return nil
}

// A context that notices a route call: the answer then comes through the response phases, and nothing has to wait.
type watched struct{ wrapper.HttpContext }

func (w watched) RouteCall(method, url string, headers [][2]string, body []byte, callback iface.RouteResponseCallback) error {
	err := w.HttpContext.RouteCall(method, url, headers, body, callback)
	if err == nil {
		w.SetContext(mcpstate.Answered, true)
	}
	return err
}
