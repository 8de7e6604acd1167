// A guest that is an MCP server with three tools: one answers at once, one by a route call, one by a call of its own.
package main

import (
	"encoding/json"
	"errors"
	"net/http"

	"github.com/higress-group/wasm-go/pkg/mcp"
	"github.com/higress-group/wasm-go/pkg/mcp/server"
	"github.com/higress-group/wasm-go/pkg/mcp/utils"
	"github.com/higress-group/wasm-go/pkg/wrapper"
	"github.com/tidwall/gjson"
)

func main() {}

func init() {
	s := mcp.NewMCPServer()
	s.AddMCPTool("greet", &greet{}).AddMCPTool("look-up", &lookUp{})
	s.AddMCPTool("later", &later{})
	mcp.LoadMCPServer(mcp.AddMCPServer("demo", s))
	mcp.InitMCPServer()
}

type config struct {
	Greeting string `json:"greeting"`
}

type greet struct {
	Name  string `json:"name" jsonschema_description:"Who is greeted" jsonschema:"example=Ann"`
	Times int    `json:"times,omitempty"`
}

func (t *greet) Description() string         { return "Greets somebody" }
func (t *greet) InputSchema() map[string]any { return server.ToInputSchema(&greet{}) }
func (t *greet) Create(params []byte) server.Tool {
	made := &greet{}
	if json.Unmarshal(params, made) != nil {
		return nil
	}
	return made
}
func (t *greet) Call(ctx server.HttpContext, s server.Server) error {
	if t.Name == "" {
		return errors.New("nobody to greet")
	}
	var c config
	s.GetConfig(&c)
	utils.SendMCPToolTextResult(ctx, c.Greeting+" "+t.Name)
	return nil
}

type lookUp struct {
	Word string `json:"word"`
}

func (t *lookUp) Description() string          { return "Looks a word up" }
func (t *lookUp) InputSchema() map[string]any  { return server.ToInputSchema(&lookUp{}) }
func (t *lookUp) OutputSchema() map[string]any { return map[string]any{"type": "object"} }
func (t *lookUp) Create(params []byte) server.Tool {
	made := &lookUp{}
	json.Unmarshal(params, made)
	return made
}
func (t *lookUp) Call(ctx server.HttpContext, s server.Server) error {
	return ctx.RouteCall("GET", "http://words.example.com/anything/"+t.Word, [][2]string{{"x-key", "k"}}, nil,
		func(statusCode int, responseHeaders [][2]string, responseBody []byte) {
			if statusCode != 200 {
				utils.OnMCPToolCallError(ctx, errors.New("the service failed"))
				return
			}
			structured, _ := json.Marshal(map[string]string{"url": gjson.GetBytes(responseBody, "url").String()})
			utils.SendMCPToolTextResultWithStructuredContent(ctx, "found "+t.Word, structured)
		})
}

type later struct{}

func (t *later) Description() string              { return "Asks somebody else" }
func (t *later) InputSchema() map[string]any      { return server.ToInputSchema(&later{}) }
func (t *later) Create(params []byte) server.Tool { return &later{} }
func (t *later) Call(ctx server.HttpContext, s server.Server) error {
	client := wrapper.NewClusterClient(wrapper.TargetCluster{Cluster: "other", Host: "other"})
	return client.Get("/", nil, func(statusCode int, headers http.Header, body []byte) {
		utils.SendMCPToolImageResult(ctx, body, headers.Get("content-type"))
	})
}
