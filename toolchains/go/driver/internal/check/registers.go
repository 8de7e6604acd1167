package check

import (
	"fmt"
	"go/ast"

	"proxyground.dev/driver/internal/project"
	"proxyground.dev/driver/internal/protocol"
)

// registrations are the functions of all generations of the SDKs that hand the plugin to the host (go-api.md).
var registrations = map[string]bool{
	"SetCtx": true, "SetCtxWithOptions": true, "SetVMContext": true, "SetPluginContext": true, "SetHttpContext": true,
	"SetTcpContext": true, "SetNewHttpContext": true, "SetNewRootContext": true, "SetNewRootContextFn": true,
	"SetNewStreamContext": true,
}

// registersInMain warns of a plugin that registers in main: cmd/go builds it with -buildmode=c-shared, where nothing
// calls main (workflows.md W29). The edit makes main an init and leaves an empty main.
func (p *Package) registersInMain() []protocol.Diagnostic {
	var list []protocol.Diagnostic
	for _, file := range p.Files {
		if file.Syntax == nil {
			continue
		}
		for _, decl := range file.Syntax.Decls {
			function, ok := decl.(*ast.FuncDecl)
			if !ok || function.Recv != nil || function.Name.Name != "main" || function.Body == nil {
				continue
			}
			if call := registration(function.Body); call != nil {
				list = append(list, file.neverRuns(function, call))
			}
		}
	}
	return list
}

func registration(body *ast.BlockStmt) (found *ast.SelectorExpr) {
	ast.Inspect(body, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok && found == nil {
			fun := ast.Unparen(call.Fun)
			switch generic := fun.(type) {
			case *ast.IndexExpr:
				fun = generic.X
			case *ast.IndexListExpr:
				fun = generic.X
			}
			if selector, ok := fun.(*ast.SelectorExpr); ok && registrations[selector.Sel.Name] {
				if _, ok := selector.X.(*ast.Ident); ok {
					found = selector
				}
			}
		}
		return found == nil
	})
	return found
}

func (f *File) neverRuns(main *ast.FuncDecl, call *ast.SelectorExpr) protocol.Diagnostic {
	end := f.Offset(main.End())
	return protocol.Diagnostic{
		Range:    f.Range(main.Name.Pos(), main.Name.End()),
		Severity: protocol.Warning, Code: project.CodeMain,
		Message: fmt.Sprintf("%s is called in main, which never runs in a plugin built with -buildmode=c-shared: "+
			"the host sees no plugin. Move it to init", call.Sel.Name),
		About: map[string]string{"call": call.Sel.Name},
		Fixes: []protocol.Fix{{Kind: protocol.MoveToInit, Subject: call.Sel.Name, Edits: []protocol.Edit{
			{Range: f.Range(main.Name.Pos(), main.Name.End()), Text: "init"},
			{Range: f.Text.Range(end, end), Text: "\n\nfunc main() {}"},
		}}},
	}
}
