// Package editor answers what an editor asks about a place in a plugin: completion, hover, definition, signature.
package editor

import (
	"go/ast"
	"go/types"
	"maps"

	"proxyground.dev/driver/internal/bundle"
	"proxyground.dev/driver/internal/check"
	"proxyground.dev/driver/internal/position"
	"proxyground.dev/driver/internal/project"
	"proxyground.dev/driver/internal/protocol"
)

// A Session is one question: the plugin as far as it can be understood, and the place.
type Session struct {
	checker *check.Checker
	bundle  *bundle.Bundle
	project *project.Project
	result  *check.Result
	pkg     *check.Package
	file    *check.File
	// text is what the person sees; the file that was checked may have a few characters more at the offset.
	text   *position.Text
	offset int
	path   []ast.Node
}

// Open a session at a place. With repair, what is being typed is completed so far that the rest can be understood. It is
// nil when the place is in no file that is compiled.
func Open(checker *check.Checker, from *bundle.Bundle, r *protocol.Request, repair bool) (*Session, error) {
	body, ok := r.Sources[r.At.File]
	if !ok {
		return nil, nil
	}
	offset := position.New(r.At.File, body).Offset(r.At)
	sources := r.Sources
	if repair {
		sources = maps.Clone(sources)
		sources[r.At.File] = repaired(body, offset)
	}
	return openAt(checker, from, r.Sdk, sources, body, spot{r.At.File, offset})
}

// openAt a place in sources, whose file there has the text body for the person who asks.
func openAt(checker *check.Checker, from *bundle.Bundle, sdk string, sources map[string]string, body string, at spot) (*Session, error) {
	s := &Session{checker: checker, bundle: from, text: position.New(at.file, body), offset: at.offset}
	p, err := project.Load(sdk, sources, from)
	if err != nil {
		return nil, err
	}
	s.project, s.result = p, checker.Check(p)
	s.pkg, s.file = s.result.File(at.file)
	if s.file == nil {
		return nil, nil
	}
	s.path = s.file.Enclosing(s.offset)
	return s, nil
}

// object that a name stands for.
func (s *Session) object(name *ast.Ident) types.Object {
	info := s.pkg.Info
	if object := info.Uses[name]; object != nil {
		return object
	}
	if object := info.Defs[name]; object != nil {
		return object
	}
	if selection := s.selectionOf(name); selection != nil {
		return selection.Obj()
	}
	return nil
}

func (s *Session) selectionOf(name *ast.Ident) *types.Selection {
	for _, node := range s.path {
		if selector, ok := node.(*ast.SelectorExpr); ok && selector.Sel == name {
			return s.pkg.Info.Selections[selector]
		}
	}
	return nil
}

// qualifier writes the packages of names as the file does: not at all for its own, by name for others.
func (s *Session) qualifier(pkg *types.Package) string {
	if pkg == s.pkg.Types {
		return ""
	}
	return pkg.Name()
}

func (s *Session) nameAt() *ast.Ident {
	for _, node := range s.path {
		if name, ok := node.(*ast.Ident); ok {
			return name
		}
	}
	return nil
}
