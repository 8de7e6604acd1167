// Package serve turns a request into an answer, whatever the request.
package serve

import (
	"encoding/json"
	"fmt"
	"runtime/debug"
	"strings"

	"proxyground.dev/driver/internal/bundle"
	"proxyground.dev/driver/internal/check"
	"proxyground.dev/driver/internal/editor"
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
	case "format", "imports":
		return s.format(r)
	case "complete", "hover", "definition", "signature", "references", "rename":
		return s.editor(r)
	case "outline":
		return s.outline(r)
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
	plan := p.Plan()
	plan.Warnings = append(plan.Warnings, s.checker.Registrations(p)...)
	return plan, nil
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

func (s *Server) format(r *protocol.Request) (protocol.Answer, error) {
	p, err := project.Load(r.Sdk, r.Sources, s.bundle)
	if err != nil {
		return nil, err
	}
	if _, ok := p.Tree.File(r.File); !ok {
		return nil, fmt.Errorf("the plugin has no file %q", r.File)
	}
	organize := func() (string, []protocol.Diagnostic) { return s.checker.Format(p.Text(r.File)) }
	if r.Op == "imports" {
		organize = func() (string, []protocol.Diagnostic) { return s.checker.Organize(p, r.File) }
	}
	text, problems := organize()
	if len(problems) > 0 {
		return verdict("rejected", problems), nil
	}
	return protocol.Text{Kinded: protocol.Kinded{Kind: "text"}, Text: text}, nil
}

func (s *Server) editor(r *protocol.Request) (protocol.Answer, error) {
	repair := r.Op == "complete" || r.Op == "signature"
	session, err := editor.Open(s.checker, s.bundle, r, repair)
	if err != nil || session == nil {
		return nothing, err
	}
	switch r.Op {
	case "complete":
		if answer := session.Complete(); answer != nil {
			return answer, nil
		}
	case "hover":
		if answer := session.Hover(); answer != nil {
			return answer, nil
		}
	case "definition":
		if answer := session.Definition(); answer != nil {
			return answer, nil
		}
	case "signature":
		if answer := session.Signature(); answer != nil {
			return answer, nil
		}
	case "references":
		if answer := session.References(); answer != nil {
			return answer, nil
		}
	case "rename":
		return session.Rename(r)
	}
	return nothing, nil
}

func (s *Server) outline(r *protocol.Request) (protocol.Answer, error) {
	p, err := project.Load(r.Sdk, r.Sources, s.bundle)
	if err != nil {
		return nil, err
	}
	if _, ok := p.Tree.File(r.File); !ok {
		return nil, fmt.Errorf("the plugin has no file %q", r.File)
	}
	if !strings.HasSuffix(r.File, ".go") {
		return nothing, nil
	}
	return editor.Outline(s.checker.Parse(p.Text(r.File))), nil
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
