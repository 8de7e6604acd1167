package editor

import (
	"go/ast"
	"go/token"
	"go/types"
	"sort"
	"strconv"
	"strings"

	"proxyground.dev/driver/internal/check"
	"proxyground.dev/driver/internal/protocol"
)

// More items than this help nobody; the editor asks again when the name is longer.
const itemLimit = 400

// Complete lists what could stand at the place, the likeliest first; nil where nothing is to be completed (comments,
// texts).
func (s *Session) Complete() *protocol.Completion {
	start := prefixStart(s.text.Body, s.offset)
	end := suffixEnd(s.text.Body, s.offset)
	l := &list{session: s, prefix: s.text.Body[start:s.offset], seen: map[string]bool{}}
	l.called = strings.HasPrefix(s.text.Body[end:], "(")
	if spec := s.importSpec(); spec != nil {
		return s.completeImport(spec, l)
	}
	if s.inTextOrComment() {
		return nil
	}
	l.expected = s.expectedType()
	if l.expected != nil && types.IsInterface(l.expected) && types.NewMethodSet(l.expected).Len() == 0 {
		l.expected = nil // everything fits
	}
	switch {
	case s.declaresName():
		return nil
	case s.selector() != nil:
		s.members(s.selector(), l)
	default:
		s.fieldsOfLiteral(l)
		s.functionLiteral(l)
		s.names(l)
	}
	return &protocol.Completion{Kinded: protocol.Kinded{Kind: "complete"}, Replace: s.text.Range(start, end), Items: l.sorted()}
}

// selector whose name behind the dot the place lies in.
func (s *Session) selector() *ast.SelectorExpr {
	for _, node := range s.path {
		if selector, ok := node.(*ast.SelectorExpr); ok && s.offset > s.file.Offset(selector.X.End()) {
			return selector
		}
	}
	return nil
}

func (s *Session) members(selector *ast.SelectorExpr, l *list) {
	members := check.MembersOf(s.pkg, selector.X)
	for _, m := range members {
		l.object(m.Object, 2*m.Depth, "")
	}
	name, ok := selector.X.(*ast.Ident)
	if len(members) > 0 || !ok || s.object(name) != nil {
		return
	}
	// The package is not imported yet.
	for _, importPath := range s.checker.Candidates(s.project, s.pkg, name.Name, "") {
		pkg := s.checker.PackageFor(s.project, importPath)
		if pkg == nil {
			continue
		}
		for _, member := range pkg.Scope().Names() {
			if object := pkg.Scope().Lookup(member); object.Exported() {
				l.object(object, 1, importPath)
			}
		}
	}
}

// names in scope, from the innermost scope outwards, then keywords and packages to import.
func (s *Session) names(l *list) {
	pos := s.file.Pos(s.offset)
	depth := 0
	for scope := s.scope(pos); scope != nil; scope = scope.Parent() {
		for _, name := range scope.Names() {
			if _, object := scope.LookupParent(name, pos); object != nil && object.Parent() == scope && name != "_" && !strings.Contains(name, placeholder) {
				l.object(object, depth, "")
			}
		}
		depth++
	}
	for _, keyword := range keywordsAt(s.path) {
		l.add(protocol.Item{Label: keyword, Kind: "keyword", Insert: keyword}, 6)
	}
	if len(l.prefix) < 2 {
		return
	}
	for _, importPath := range s.project.Importable() {
		name := s.project.PackageName(importPath)
		if !strings.HasPrefix(strings.ToLower(name), strings.ToLower(l.prefix)) || l.seen[name] || !s.checker.Offered(s.project, importPath) {
			continue
		}
		l.item(protocol.Item{Label: name, Kind: "package", Detail: strconv.Quote(importPath), Insert: name, AddImport: importPath}, 8)
	}
}

func (s *Session) scope(pos token.Pos) *types.Scope {
	if s.pkg.Info.Scopes == nil {
		return s.pkg.Types.Scope()
	}
	for _, node := range s.path {
		scope := s.pkg.Info.Scopes[node]
		if function, ok := node.(*ast.FuncDecl); ok {
			scope = s.pkg.Info.Scopes[function.Type]
		}
		if function, ok := node.(*ast.FuncLit); ok {
			scope = s.pkg.Info.Scopes[function.Type]
		}
		if scope != nil {
			return scope
		}
	}
	return s.pkg.Types.Scope()
}

// declaresName says that the name at the place is just being given to something.
func (s *Session) declaresName() bool {
	if len(s.path) < 2 {
		return false
	}
	name, ok := s.path[0].(*ast.Ident)
	if !ok {
		return false
	}
	switch parent := s.path[1].(type) {
	case *ast.FuncDecl:
		return parent.Name == name
	case *ast.TypeSpec:
		return parent.Name == name
	case *ast.File:
		return parent.Name == name
	case *ast.ImportSpec:
		return true
	case *ast.ValueSpec:
		return parent.Type != name && s.file.Offset(name.Pos()) < s.file.Offset(parent.Names[len(parent.Names)-1].End())
	}
	return false
}

func (s *Session) inTextOrComment() bool {
	if len(s.path) > 0 {
		if literal, ok := s.path[0].(*ast.BasicLit); ok {
			start, end := s.file.Offset(literal.Pos()), s.file.Offset(literal.End())
			if literal.Kind != token.STRING && literal.Kind != token.CHAR || start < s.offset && s.offset < end {
				return true
			}
		}
	}
	for _, group := range s.file.Syntax.Comments {
		for _, comment := range group.List {
			start, end := s.file.Offset(comment.Pos()), s.file.Offset(comment.End())
			if start < s.offset && (s.offset < end || s.offset == end && comment.Text[1] == '/') {
				return true
			}
		}
	}
	return false
}

func (s *Session) importSpec() *ast.ImportSpec {
	for _, spec := range s.file.Syntax.Imports {
		start, end := s.file.Offset(spec.Path.Pos()), s.file.Offset(spec.Path.End())
		if start < s.offset && s.offset <= end {
			return spec
		}
	}
	return nil
}

// completeImport offers paths for what stands between the quotes.
func (s *Session) completeImport(spec *ast.ImportSpec, l *list) *protocol.Completion {
	start := s.file.Offset(spec.Path.Pos()) + 1
	end := start
	for end < len(s.text.Body) && !strings.ContainsRune("\"`\n", rune(s.text.Body[end])) {
		end++
	}
	if s.offset < start {
		return nil
	}
	paths := s.project.Importable()
	sort.Strings(paths)
	for _, path := range paths {
		if strings.Contains(path, strings.ReplaceAll(s.text.Body[start:s.offset], placeholder, "")) && s.checker.Offered(s.project, path) {
			l.item(protocol.Item{Label: path, Kind: "package", Detail: s.project.PackageName(path), Insert: path}, 0)
		}
	}
	return &protocol.Completion{Kinded: protocol.Kinded{Kind: "complete"}, Replace: s.text.Range(start, end), Items: l.sorted()}
}

// keywordsAt are those that can begin something here.
func keywordsAt(path []ast.Node) []string {
	for _, node := range path {
		switch node.(type) {
		case *ast.CallExpr, *ast.CompositeLit, *ast.BinaryExpr, *ast.ReturnStmt:
			return []string{"func", "struct", "map", "chan", "interface"}
		case *ast.BlockStmt, *ast.CaseClause, *ast.CommClause:
			return []string{"break", "case", "const", "continue", "default", "defer", "else", "fallthrough", "for", "func",
				"go", "goto", "if", "map", "range", "return", "select", "struct", "switch", "type", "var"}
		case *ast.StructType, *ast.FieldList, *ast.InterfaceType:
			return []string{"chan", "func", "interface", "map", "struct"}
		}
	}
	return []string{"const", "func", "import", "package", "type", "var"}
}
