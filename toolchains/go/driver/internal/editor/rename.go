package editor

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"maps"
	"slices"

	"proxyground.dev/driver/internal/protocol"
)

// A spot is a byte offset in a file of the plugin.
type spot struct {
	file   string
	offset int
}

// Rename what the name at the request's place stands for, everywhere in the plugin. The renamed plugin is checked: it is
// refused when it does not compile, or when a name would then stand for something else than before.
func (s *Session) Rename(r *protocol.Request) (protocol.Answer, error) {
	name := s.nameAt()
	if name == nil || !token.IsIdentifier(r.To) || r.To == "_" {
		return refusal(protocol.NoName, ""), nil
	}
	if problem := firstError(s.result.Diagnostics); problem != "" {
		return refusal(protocol.Broken, problem), nil
	}
	things := s.things(name)
	for each := range things {
		if _, own := each.(token.Pos); !own {
			return refusal(protocol.NotOwn, ""), nil
		}
	}
	uses := s.uses(things)
	if !slices.ContainsFunc(uses, func(u use) bool { return u.declares }) || s.isPackageName(name, uses) {
		return refusal(protocol.NotOwn, ""), nil
	}
	answer := protocol.Renaming{Kinded: protocol.Kinded{Kind: "renamed"}, Edits: []protocol.Edit{}}
	if r.To == name.Name {
		return answer, nil
	}
	for _, use := range uses {
		at := use.file.Range(use.name.Pos(), use.name.End())
		answer.Edits = append(answer.Edits, protocol.Edit{Range: at, Text: r.To})
	}
	if reason, message, err := s.tried(r, name, uses); err != nil || reason != "" {
		return refusal(reason, message), err
	}
	return answer, nil
}

// isPackageName says that the names are those of an import without a name of its own: what it is called is the package's.
func (s *Session) isPackageName(name *ast.Ident, uses []use) bool {
	imported, ok := s.object(name).(*types.PkgName)
	return ok && s.pkg.Info.Implicits != nil && !slices.ContainsFunc(uses, func(u use) bool {
		return u.declares && u.name.Pos() == imported.Pos()
	})
}

// tried renames in copies of the files and looks whether the same names stand for the same thing.
func (s *Session) tried(r *protocol.Request, name *ast.Ident, uses []use) (reason, message string, err error) {
	if s.promoted(uses, name.Name) || s.promoted(uses, r.To) {
		return protocol.MeansElse, "", nil
	}
	sources, expected, place := s.renamed(r, name, uses)
	session, err := openAt(s.checker, s.bundle, r.Sdk, sources, sources[place.file], place)
	if err != nil {
		return "", "", err
	}
	if session == nil {
		return protocol.MeansElse, "", nil
	}
	if problem := firstError(session.result.Diagnostics); problem != "" {
		return protocol.DoesNotCompile, problem, nil
	}
	now := session.nameAt()
	if now == nil {
		return protocol.MeansElse, "", nil
	}
	found := map[spot]bool{}
	for _, use := range session.uses(session.things(now)) {
		found[spot{use.file.Text.File, use.file.Offset(use.name.Pos())}] = true
	}
	if !maps.Equal(found, expected) || r.To == "init" {
		return protocol.MeansElse, "", nil
	}
	return "", "", nil
}

// renamed texts, where the names stand in them, and where the one that was asked about does.
func (s *Session) renamed(r *protocol.Request, asked *ast.Ident, uses []use) (sources map[string]string, spots map[spot]bool, place spot) {
	sources, spots = maps.Clone(r.Sources), map[spot]bool{}
	longer := map[string]int{}
	for _, use := range uses {
		file, start := use.file.Text.File, use.file.Offset(use.name.Pos())
		moved := start + longer[file]
		body := sources[file]
		sources[file] = body[:moved] + r.To + body[moved+len(use.name.Name):]
		longer[file] += len(r.To) - len(use.name.Name)
		spots[spot{file, moved}] = true
		if use.name == asked {
			place = spot{file, moved}
		}
	}
	return sources, spots, place
}

// promoted says that one of the names is a method or field whose type has another one of that name by embedding: with
// or without it, calls through an interface would go elsewhere, and no name in the plugin shows it.
func (s *Session) promoted(uses []use, name string) bool {
	for _, use := range uses {
		if !use.declares {
			continue
		}
		for _, pkg := range s.result.Packages {
			if method, ok := pkg.Info.Defs[use.name].(*types.Func); ok && embeds(method, name) {
				return true
			}
		}
	}
	return false
}

func embeds(method *types.Func, name string) bool {
	receiver := method.Signature().Recv()
	if receiver == nil {
		return false
	}
	t := receiver.Type()
	if pointer, ok := t.(*types.Pointer); ok {
		t = pointer.Elem()
	}
	structure, ok := t.Underlying().(*types.Struct)
	if !ok {
		return false
	}
	for i := range structure.NumFields() {
		field := structure.Field(i)
		if !field.Embedded() {
			continue
		}
		if found, _, _ := types.LookupFieldOrMethod(field.Type(), true, method.Pkg(), name); found != nil {
			return true
		}
	}
	return false
}

func firstError(diagnostics []protocol.Diagnostic) string {
	for _, d := range diagnostics {
		if d.Severity == protocol.Error {
			return fmt.Sprintf("%s:%d:%d %s", d.File, d.Line, d.Column, d.Message)
		}
	}
	return ""
}

func refusal(reason, message string) protocol.Refusal {
	return protocol.Refusal{Kinded: protocol.Kinded{Kind: "not-renamed"}, Reason: reason, Message: message}
}
