// Package server answers MCP requests (Model Context Protocol) with the tools of servers that a plugin registers.
package server

import (
	"encoding/json"
	"fmt"

	"github.com/higress-group/wasm-go/pkg/log"
	"github.com/higress-group/wasm-go/pkg/wrapper"
	"github.com/invopop/jsonschema"
)

// HttpContext is one HTTP exchange.
type HttpContext wrapper.HttpContext

// Tool is one thing a server can do. Create makes the tool for one call from the call's arguments; Call does it, and
// answers with the functions of package utils, at once or in the callback of a RouteCall or of a client's call.
type Tool interface {
	Create(params []byte) Tool
	Call(httpCtx HttpContext, server Server) error
	Description() string
	InputSchema() map[string]any
}

// ToolWithOutputSchema is a tool that says what its structured content looks like.
type ToolWithOutputSchema interface {
	Tool
	OutputSchema() map[string]any
}

// Server is a set of tools with a configuration.
type Server interface {
	AddMCPTool(name string, tool Tool) Server
	GetMCPTools() map[string]Tool
	SetConfig(config []byte)
	GetConfig(v any)
	Clone() Server
}

// BaseMCPServer does what every server does. Clone copies the tools, so that each configuration has a server of its
// own.
type BaseMCPServer struct {
	tools  map[string]Tool
	config []byte
}

// NewBaseMCPServer makes a server without tools.
func NewBaseMCPServer() BaseMCPServer { return BaseMCPServer{tools: make(map[string]Tool)} }

// AddMCPTool adds a tool. A second one of the same name panics: only one of them could be called.
func (s *BaseMCPServer) AddMCPTool(name string, tool Tool) Server {
	if _, taken := s.tools[name]; taken {
		panic(fmt.Sprintf("Conflict! There is a tool with the same name:%s", name))
	}
	s.tools[name] = tool
	return s
}

// GetMCPTools gives the tools by their names.
func (s *BaseMCPServer) GetMCPTools() map[string]Tool { return s.tools }

// SetConfig keeps the server's part of the configuration, as JSON.
func (s *BaseMCPServer) SetConfig(config []byte) { s.config = config }

// GetConfig reads the configuration into a struct.
func (s *BaseMCPServer) GetConfig(v any) {
	if len(s.config) == 0 {
		return
	}
	if err := json.Unmarshal(s.config, v); err != nil {
		log.Errorf("the configuration of the MCP server cannot be read: %v", err)
	}
}

// Clone makes a server with the same tools and configuration.
func (s *BaseMCPServer) Clone() Server {
	tools := make(map[string]Tool, len(s.tools))
	for name, tool := range s.tools {
		tools[name] = tool
	}
	return &BaseMCPServer{tools: tools, config: append([]byte(nil), s.config...)}
}

// ToInputSchema describes a struct as JSON schema, by its tags json and jsonschema.
func ToInputSchema(v any) map[string]any {
	reflector := jsonschema.Reflector{DoNotReference: true, ExpandedStruct: true}
	encoded, err := json.Marshal(reflector.Reflect(v))
	if err != nil {
		log.Errorf("no JSON schema of %T: %v", v, err)
		return nil
	}
	var schema map[string]any
	if err := json.Unmarshal(encoded, &schema); err != nil {
		log.Errorf("no JSON schema of %T: %v", v, err)
		return nil
	}
	return schema
}
