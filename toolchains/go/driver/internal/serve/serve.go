// Package serve turns a request into an answer, whatever the request.
package serve

import (
	"encoding/json"
	"fmt"
	"runtime/debug"

	"proxyground.dev/driver/internal/bundle"
	"proxyground.dev/driver/internal/check"
	"proxyground.dev/driver/internal/project"
	"proxyground.dev/driver/internal/protocol"
)

// A Server keeps what can be used again by the next request.
type Server struct {
	root    string
	bundle  *bundle.Bundle
	checker *check.Checker
}

// New serves from the bundle in a folder.
func New(root string) *Server {
	s := &Server{root: root}
	s.reset()
	return s
}

func (s *Server) reset() {
	s.bundle = bundle.Open(s.root)
	s.checker = check.New(s.bundle)
}

// Answer a request given as JSON, in JSON. A panic becomes an internal answer, and what was kept is dropped.
func (s *Server) Answer(request []byte) (answer []byte) {
	defer func() {
		if problem := recover(); problem != nil {
			s.reset()
			answer = encode(internal(fmt.Sprintf("%v\n%s", problem, debug.Stack())))
		}
	}()
	var r protocol.Request
	if err := json.Unmarshal(request, &r); err != nil {
		return encode(internal("the request is no JSON of the protocol: " + err.Error()))
	}
	result, err := s.answer(&r)
	if err != nil {
		return encode(internal(err.Error()))
	}
	return encode(result)
}

func (s *Server) answer(r *protocol.Request) (protocol.Answer, error) {
	switch r.Op {
	case "reset":
		s.reset()
		return nothing, nil
	case "plan":
		return s.plan(r)
	case "check":
		return s.check(r)
	}
	return nil, fmt.Errorf("unknown operation %q", r.Op)
}

func (s *Server) plan(r *protocol.Request) (protocol.Answer, error) {
	p, err := project.Load(r.Sdk, r.Sources, s.bundle)
	if err != nil {
		return nil, err
	}
	if p.Failed() {
		return verdict("rejected", p.Diagnostics), nil
	}
	return p.Plan(), nil
}

func (s *Server) check(r *protocol.Request) (protocol.Answer, error) {
	p, err := project.Load(r.Sdk, r.Sources, s.bundle)
	if err != nil {
		return nil, err
	}
	result := s.checker.Check(p)
	kind := "checked"
	for _, d := range result.Diagnostics {
		if d.Severity == protocol.Error {
			kind = "rejected"
		}
	}
	return verdict(kind, result.Diagnostics), nil
}

var nothing = protocol.Kinded{Kind: "nothing"}

func verdict(kind string, diagnostics []protocol.Diagnostic) protocol.Verdict {
	if diagnostics == nil {
		diagnostics = []protocol.Diagnostic{}
	}
	return protocol.Verdict{Kinded: protocol.Kinded{Kind: kind}, Diagnostics: diagnostics}
}

func internal(message string) protocol.Internal {
	return protocol.Internal{Kinded: protocol.Kinded{Kind: "internal"}, Message: message}
}

func encode(answer protocol.Answer) []byte {
	data, err := json.Marshal(answer)
	if err != nil {
		data, _ = json.Marshal(internal(err.Error()))
	}
	return data
}
