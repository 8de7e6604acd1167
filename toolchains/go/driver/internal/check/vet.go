package check

import (
	"go/ast"
	"go/types"

	"proxyground.dev/driver/internal/compiler"
	"proxyground.dev/driver/internal/project"
	"proxyground.dev/driver/internal/protocol"
)

// vetted warns of what `go vet` finds in a package whose types are right. What other modules' authors wrote is theirs.
func (c *Checker) vetted(pkg *Package, syntax []*ast.File, sizes types.Sizes) []protocol.Diagnostic {
	if pkg.Info.Types == nil {
		return nil
	}
	var list []protocol.Diagnostic
	for _, found := range compiler.Vet(c.fset, syntax, pkg.Types, pkg.Info, sizes, pkg.Module.Lang) {
		file := pkg.fileAt(found.Pos)
		if file == nil {
			continue
		}
		end := found.End
		if !end.IsValid() || end <= found.Pos {
			end = file.Pos(project.TokenEnd(file.Text.Body, file.Offset(found.Pos)))
		}
		d := protocol.Diagnostic{
			Range: file.Range(found.Pos, end), Severity: protocol.Warning, Code: "vet/" + found.Analysis, Message: found.Message,
		}
		if len(found.Edits) > 0 {
			fix := protocol.Fix{Kind: protocol.VetFix, Subject: found.Fix}
			for _, e := range found.Edits {
				to := e.End
				if !to.IsValid() {
					to = e.Pos
				}
				fix.Edits = append(fix.Edits, protocol.Edit{Range: file.Range(e.Pos, to), Text: e.Text})
			}
			d.Fixes = []protocol.Fix{fix}
		}
		list = append(list, d)
	}
	return list
}
