package check

import (
	"go/ast"
	"go/types"

	"proxyground.dev/driver/internal/project"
	"proxyground.dev/driver/internal/protocol"
)

// fixes that are sure to repair what an error of go/types says, or the likeliest ones.
func (c *Checker) fixes(p *project.Project, pkg *Package, file *File, e types.Error, code string) []protocol.Fix {
	path := enclosing(file.Syntax, e.Pos)
	if len(path) == 0 {
		return nil
	}
	switch code {
	case "UndeclaredName":
		return c.undeclared(p, pkg, file, path)
	case "MissingFieldOrMethod", "UndeclaredImportedName", "UnexportedName":
		return c.otherMember(pkg, file, path)
	case "UnusedImport":
		for _, node := range path {
			if spec, ok := node.(*ast.ImportSpec); ok {
				return []protocol.Fix{{Kind: protocol.RemoveImport, Subject: importPath(spec), Edits: []protocol.Edit{file.withoutImport(spec)}}}
			}
		}
	case "UnusedVar":
		return file.withoutVariable(path)
	}
	return nil
}

// undeclared offers the import of a package of that name, else the nearest name in scope.
func (c *Checker) undeclared(p *project.Project, pkg *Package, file *File, path []ast.Node) []protocol.Fix {
	name, ok := path[0].(*ast.Ident)
	if !ok {
		return nil
	}
	var fixes []protocol.Fix
	if len(path) > 1 {
		if selector, ok := path[1].(*ast.SelectorExpr); ok && selector.X == name {
			for _, imported := range c.Candidates(p, pkg, name.Name, selector.Sel.Name) {
				fixes = append(fixes, protocol.Fix{Kind: protocol.AddImport, Subject: imported,
					Edits: []protocol.Edit{file.WithImport(imported, "")}})
			}
		}
	}
	if near := nearest(name.Name, namesInScope(pkg, name)); near != "" && len(fixes) == 0 {
		fixes = append(fixes, file.useName(name, near))
	}
	return fixes
}

func namesInScope(pkg *Package, at *ast.Ident) []string {
	var names []string
	for scope := pkg.Types.Scope().Innermost(at.Pos()); scope != nil; scope = scope.Parent() {
		for _, name := range scope.Names() {
			if _, object := scope.LookupParent(name, at.Pos()); object != nil {
				names = append(names, name)
			}
		}
	}
	return names
}

// otherMember offers the member or package name that is nearest to one that does not exist.
func (c *Checker) otherMember(pkg *Package, file *File, path []ast.Node) []protocol.Fix {
	for _, node := range path[:min(2, len(path))] {
		selector, ok := node.(*ast.SelectorExpr)
		if !ok {
			continue
		}
		var names []string
		for _, m := range MembersOf(pkg, selector.X) {
			names = append(names, m.Object.Name())
		}
		if near := nearest(selector.Sel.Name, names); near != "" {
			return []protocol.Fix{file.useName(selector.Sel, near)}
		}
	}
	return nil
}

func (f *File) useName(name *ast.Ident, other string) protocol.Fix {
	return protocol.Fix{Kind: protocol.UseName, Subject: other,
		Edits: []protocol.Edit{{Range: f.Range(name.Pos(), name.End()), Text: other}}}
}

// withoutVariable puts `_` in the place of a variable that nobody reads.
func (f *File) withoutVariable(path []ast.Node) []protocol.Fix {
	name, ok := path[0].(*ast.Ident)
	if !ok || len(path) < 2 {
		return nil
	}
	blank := protocol.Edit{Range: f.Range(name.Pos(), name.End()), Text: "_"}
	edits := []protocol.Edit{blank}
	switch parent := path[1].(type) {
	case *ast.AssignStmt:
		others := 0
		for _, left := range parent.Lhs {
			if other, ok := left.(*ast.Ident); ok && other != name && other.Name != "_" {
				others++
			}
		}
		// `:=` needs a new name on its left; whether one of several others is new is not known here.
		if others == 0 {
			edits = append(edits, protocol.Edit{Range: f.Range(parent.TokPos, parent.TokPos+2), Text: "="})
		}
	case *ast.ValueSpec:
		if len(parent.Names) != 1 {
			return nil
		}
	default:
		return nil
	}
	return []protocol.Fix{{Kind: protocol.RemoveVariable, Subject: name.Name, Edits: edits}}
}
