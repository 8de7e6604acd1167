package project

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path"
	"slices"
	"strconv"
	"strings"

	"proxyground.dev/driver/internal/protocol"
)

// chooseStyles finds the modules that stand for others because the program is written in their style: it selects a
// name from a package that only they have (sdk/go/styles.json).
func (p *Project) chooseStyles() {
	for _, style := range p.index.Styles {
		for _, file := range sortedKeys(p.Tree.files) {
			body := p.Tree.files[file]
			if strings.HasSuffix(file, ".go") && strings.Contains(body, style.StandsFor) && selects(file, body, style) {
				p.styles = append(p.styles, style)
				p.Notes = append(p.Notes, "written for the oldest form of "+style.StandsFor+": "+style.Module+" stands in for it")
				break
			}
		}
	}
}

func selects(name, body string, style protocol.Style) (found bool) {
	if _, deep := TooDeep(body); deep {
		return false
	}
	file, _ := parser.ParseFile(token.NewFileSet(), name, body, parser.SkipObjectResolution)
	if file == nil {
		return false
	}
	locals := map[string]bool{}
	for _, spec := range file.Imports {
		imported, _ := strconv.Unquote(spec.Path.Value)
		if rest, ok := below(imported, style.StandsFor); ok && slices.Contains(style.Packages, rest) {
			local := path.Base(imported)
			if spec.Name != nil {
				local = spec.Name.Name
			}
			locals[local] = true
		}
	}
	ast.Inspect(file, func(n ast.Node) bool {
		if selector, ok := n.(*ast.SelectorExpr); ok {
			if x, ok := selector.X.(*ast.Ident); ok && locals[x.Name] {
				found = found || slices.Contains(style.Identifiers, selector.Sel.Name)
			}
		}
		return !found
	})
	return found
}

// inStyle gives the package that stands for another in the chosen styles.
func (p *Project) inStyle(imported string) (string, bool) {
	for _, style := range p.styles {
		if rest, ok := below(imported, style.StandsFor); ok && slices.Contains(style.Packages, rest) {
			return path.Join(style.Module, rest), true
		}
	}
	return "", false
}
