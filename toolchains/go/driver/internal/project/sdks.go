package project

import (
	"fmt"
	"go/parser"
	"go/token"
	"slices"
	"strconv"
	"strings"

	"proxyground.dev/driver/internal/protocol"
)

// sdkOf names the SDK whose callbacks a package of the bundle brings into a program, empty for none. Two of them cannot
// be linked together: both export proxy_on_….
func (p *Project) sdkOf(importPath string, seen map[string]bool) string {
	if seen[importPath] {
		return ""
	}
	seen[importPath] = true
	if module := p.moduleOf(importPath); importPath == module+"/proxywasm" {
		return module
	}
	for _, needed := range p.index.Packages[importPath].Imports {
		if sdk := p.sdkOf(needed, seen); sdk != "" {
			return sdk
		}
	}
	return ""
}

// checkSdks reports the imports that bring a second SDK into the plugin.
func (p *Project) checkSdks() {
	var sdks []string
	for _, pkg := range p.Packages {
		for _, imported := range sortedKeys(pkg.Imports) {
			target := pkg.Imports[imported]
			if target.Package != nil {
				continue
			}
			sdk := p.sdkOf(target.Path, map[string]bool{})
			if sdk == "" || slices.Contains(sdks, sdk) {
				continue
			}
			sdks = append(sdks, sdk)
			if len(sdks) > 1 {
				message := fmt.Sprintf("two SDKs in one plugin: %s and %s, and both answer the host's callbacks", sdks[0], sdk)
				p.reportIn(pkg, imported, CodeSdks, message, map[string]string{"first": sdks[0], "second": sdk})
			}
		}
	}
}

// reportIn puts a message at every import of a path in a package.
func (p *Project) reportIn(pkg *Package, imported, code, message string, about map[string]string) {
	for _, name := range pkg.Files {
		body, _ := p.Tree.File(name)
		fset := token.NewFileSet()
		parsed, _ := parser.ParseFile(fset, name, body, parser.ImportsOnly)
		if parsed == nil || !strings.Contains(body, imported) {
			continue
		}
		for _, spec := range parsed.Imports {
			if spec.Path.Value == strconv.Quote(imported) {
				start := fset.PositionFor(spec.Path.Pos(), false).Offset
				p.report(protocol.Error, name, start, start+len(spec.Path.Value), code, message, about)
			}
		}
	}
}
