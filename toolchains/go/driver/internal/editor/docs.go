package editor

import (
	"go/ast"
	"go/token"
	"go/types"
	"path"
	"strings"

	"proxyground.dev/driver/internal/check"
	"proxyground.dev/driver/internal/protocol"
)

// symbol of an object of the bundle, in its package's docs. Members are found by their line, which export data has.
func (s *Session) symbol(object types.Object) (protocol.Symbol, *protocol.Docs, bool) {
	if object.Pkg() == nil {
		return protocol.Symbol{}, nil, false
	}
	docs := s.bundle.Docs(object.Pkg().Path())
	if docs == nil {
		return protocol.Symbol{}, nil, false
	}
	if object.Parent() == object.Pkg().Scope() {
		symbol, ok := docs.Symbols[object.Name()]
		return symbol, docs, ok
	}
	at := s.checker.Position(object.Pos())
	for key, symbol := range docs.Symbols {
		if symbol.Line == at.Line && strings.HasSuffix(key, "."+object.Name()) && symbol.File < len(docs.Files) &&
			docs.Files[symbol.File] == path.Base(at.Filename) {
			return symbol, docs, true
		}
	}
	return protocol.Symbol{}, docs, false
}

// documentation of an object: its comment in the plugin, or what the bundle knows.
func (s *Session) documentation(object types.Object) string {
	if name, ok := object.(*types.PkgName); ok {
		if docs := s.bundle.Docs(name.Imported().Path()); docs != nil {
			return docs.Doc
		}
		return ""
	}
	if doc, ok := s.ownComment(object); ok {
		return doc
	}
	symbol, _, _ := s.symbol(object)
	return symbol.Doc
}

// ownComment is the comment at the declaration of an object of the plugin.
func (s *Session) ownComment(object types.Object) (string, bool) {
	file := s.checker.FileAt(object.Pos())
	if file == nil {
		return "", false
	}
	var doc string
	for _, node := range enclosing(file, object.Pos()) {
		switch node := node.(type) {
		case *ast.Field:
			doc = firstText(node.Doc, node.Comment)
		case *ast.ValueSpec:
			doc = firstText(node.Doc, node.Comment)
		case *ast.TypeSpec:
			doc = firstText(node.Doc, node.Comment)
		case *ast.GenDecl:
			if !node.Lparen.IsValid() {
				doc = firstText(node.Doc)
			}
		case *ast.FuncDecl:
			if node.Name.Pos() == object.Pos() {
				doc = firstText(node.Doc)
			}
			return doc, true
		case *ast.BlockStmt:
			return doc, true
		}
		if doc != "" {
			return doc, true
		}
	}
	return "", true
}

func enclosing(file *check.File, pos token.Pos) []ast.Node {
	return file.Enclosing(file.Offset(pos))
}

func firstText(groups ...*ast.CommentGroup) string {
	for _, group := range groups {
		if text := strings.TrimSpace(group.Text()); text != "" {
			return text
		}
	}
	return ""
}
