// A guest that filters MCP messages: it refuses one tool, hides another and notes what it sees.
package main

import (
	"encoding/json"
	"errors"

	"github.com/higress-group/proxy-wasm-go-sdk/proxywasm"
	"github.com/higress-group/proxy-wasm-go-sdk/proxywasm/types"
	"github.com/higress-group/wasm-go/pkg/log"
	"github.com/higress-group/wasm-go/pkg/mcp"
	"github.com/higress-group/wasm-go/pkg/mcp/utils"
	"github.com/higress-group/wasm-go/pkg/wrapper"
	"github.com/tidwall/gjson"
)

func main() {}

type config struct {
	Refused string `json:"refused"`
}

func init() {
	mcp.LoadMCPFilter(
		mcp.FilterName("watcher"),
		mcp.SetConfigParser(func(data []byte, made *any) error {
			var c config
			if err := json.Unmarshal(data, &c); err != nil {
				return err
			}
			*made = c
			return nil
		}),
		mcp.SetToolCallRequestFilter(func(ctx wrapper.HttpContext, own any, tool string, args gjson.Result, rawBody []byte) types.Action {
			log.Infof("call of %s with %s", tool, args.Raw)
			if tool == own.(config).Refused {
				utils.OnMCPToolCallError(ctx, errors.New("refused"))
			}
			return types.ActionContinue
		}),
		mcp.SetJsonRpcRequestFilter(func(ctx wrapper.HttpContext, own any, id utils.JsonRpcID, method string, params gjson.Result, rawBody []byte) types.Action {
			log.Infof("request %+v %s", id, method)
			return types.ActionContinue
		}),
		mcp.SetFallbackHTTPRequestFilter(func(ctx wrapper.HttpContext, own any, headers [][2]string, body []byte) types.Action {
			log.Infof("no message: %q", body)
			return types.ActionContinue
		}),
		mcp.SetToolListResponseFilter(func(ctx wrapper.HttpContext, own any, tools gjson.Result, rawBody []byte) types.Action {
			log.Infof("list of %d tools", len(tools.Array()))
			proxywasm.ReplaceHttpResponseBody([]byte(`{"jsonrpc":"2.0","id":1,"result":{"tools":[]}}`))
			return types.ActionContinue
		}),
	)
	mcp.InitMCPFilter()
}
