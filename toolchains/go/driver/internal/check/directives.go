package check

import (
	"go/ast"
	"strings"

	"proxyground.dev/driver/internal/project"
	"proxyground.dev/driver/internal/protocol"
)

// compilerErrors are what Go's compiler refuses although go/types does not: no function main, functions without a
// body (looked for only when the types are right), directives out of place.
func (c *Checker) compilerErrors(p *project.Project, pkg *Package, right bool) []protocol.Diagnostic {
	var list []protocol.Diagnostic
	for _, file := range pkg.Files {
		if right {
			list = append(list, file.bodies()...)
		}
		list = append(list, file.without("unsafe", "//go:linkname ", project.CodeLinkname,
			"//go:linkname only allowed in Go files that import \"unsafe\"")...)
		list = append(list, file.without("embed", "//go:embed ", project.CodeEmbed,
			"go:embed requires import \"embed\" (or import _ \"embed\", if package is not used)")...)
	}
	if pkg.Package.Module == p.Main && pkg.Dir == "." && pkg.Name == "main" && pkg.Types.Scope().Lookup("main") == nil {
		list = append(list, pkg.noMain())
	}
	return list
}

func (p *Package) noMain() protocol.Diagnostic {
	file := p.Files[0]
	end := len(file.Text.Body)
	return protocol.Diagnostic{
		Range:    file.Range(file.Syntax.Name.Pos(), file.Syntax.Name.End()),
		Severity: protocol.Error, Code: project.CodeNoMain,
		Message: "function main is undeclared in the main package",
		Fixes: []protocol.Fix{{Kind: protocol.AddMain, Subject: "main",
			Edits: []protocol.Edit{{Range: file.Text.Range(end, end), Text: "\nfunc main() {}\n"}}}},
	}
}

// bodies reports functions without a body that no directive gives one.
func (f *File) bodies() []protocol.Diagnostic {
	var list []protocol.Diagnostic
	linked := f.linknamed()
	for _, decl := range f.Syntax.Decls {
		function, ok := decl.(*ast.FuncDecl)
		if !ok || function.Body != nil || linked[function.Name.Name] || hasDirective(function.Doc, "//go:wasmimport ") ||
			function.Recv == nil && (function.Name.Name == "init" || function.Name.Name == "main") {
			continue
		}
		list = append(list, protocol.Diagnostic{
			Range:    f.Range(function.Name.Pos(), function.Name.End()),
			Severity: protocol.Error, Code: project.CodeBody, Message: "missing function body",
		})
	}
	return list
}

// without reports directives in a file that does not import the package they need.
func (f *File) without(imported, directive, code, message string) []protocol.Diagnostic {
	if f.imports(imported) {
		return nil
	}
	var list []protocol.Diagnostic
	for _, group := range f.Syntax.Comments {
		for _, comment := range group.List {
			if strings.HasPrefix(comment.Text, directive) {
				list = append(list, protocol.Diagnostic{
					Range:    f.Range(comment.Pos()+2, comment.End()),
					Severity: protocol.Error, Code: code, Message: message,
					Fixes: []protocol.Fix{{Kind: protocol.AddImport, Subject: imported,
						Edits: []protocol.Edit{f.WithImport(imported, "_")}}},
				})
			}
		}
	}
	return list
}

func (f *File) imports(path string) bool {
	for _, spec := range f.Syntax.Imports {
		if importPath(spec) == path {
			return true
		}
	}
	return false
}

func (f *File) linknamed() map[string]bool {
	names := map[string]bool{}
	if !f.imports("unsafe") {
		return names
	}
	for _, group := range f.Syntax.Comments {
		for _, comment := range group.List {
			if words := strings.Fields(comment.Text); len(words) > 1 && words[0] == "//go:linkname" {
				names[words[1]] = true
			}
		}
	}
	return names
}

func hasDirective(doc *ast.CommentGroup, prefix string) bool {
	if doc == nil {
		return false
	}
	for _, comment := range doc.List {
		if strings.HasPrefix(comment.Text, prefix) {
			return true
		}
	}
	return false
}
