package project

import (
	"fmt"
	"go/token"
	"path"
	"strconv"
	"strings"

	"proxyground.dev/driver/internal/protocol"
)

// resolve finds what an import leads to: a package of the plugin's modules, of third_party/ or vendor/, else the bundle's.
func (p *Project) resolve(pkg *Package, imported string, at []token.Position, stack []*Package) {
	if imported == "unsafe" {
		return
	}
	if imported == "C" {
		return // checkForeign says so
	}
	if isFolder(imported) {
		p.reportFolder(imported, at)
		return
	}
	if message := internalTo(pkg.Path, imported); message != "" {
		p.reportImport(at, imported, CodeInternal, message, nil)
		return
	}
	if module, dir, ok := p.inPlugin(imported); ok && !p.forced[imported] {
		p.resolveInPlugin(pkg, imported, module, dir, at, stack)
		return
	}
	target := p.standIn(imported)
	if _, ok := p.index.Packages[target]; ok {
		pkg.Imports[imported] = Target{Path: target}
		return
	}
	p.reportMissing(imported, at)
}

func (p *Project) resolveInPlugin(pkg *Package, imported string, module *Module, dir string, at []token.Position, stack []*Package) {
	for i, above := range stack {
		if above.Path == imported {
			p.reportImport(at, imported, CodeCycle, cycle(stack[i:], imported), nil)
			return
		}
	}
	inner := p.visit(imported, module, dir, stack)
	if inner.Name == "main" {
		p.reportImport(at, imported, CodeProgram, fmt.Sprintf("import %q is a program, not an importable package", imported), nil)
		return
	}
	pkg.Imports[imported] = Target{Path: imported, Package: inner}
}

func cycle(stack []*Package, back string) string {
	var text strings.Builder
	text.WriteString("import cycle not allowed")
	for i, pkg := range stack {
		text.WriteString("\n\t")
		if i > 0 {
			text.WriteString("imports ")
		}
		text.WriteString(pkg.Path)
	}
	return text.String() + "\n\timports " + back
}

// inPlugin looks for the folder of an import path that has Go files; the main module's own paths are never looked for
// elsewhere.
func (p *Project) inPlugin(imported string) (*Module, string, bool) {
	for _, module := range p.modules {
		if rest, ok := below(imported, module.Path); ok {
			if dir := path.Join(module.Dir, rest); p.Tree.HasGo(dir) {
				return module, dir, true
			}
		}
	}
	for _, folder := range []string{"third_party", "vendor"} {
		if dir := path.Join(folder, imported); p.Tree.HasGo(dir) {
			return &Module{Path: imported, Dir: dir, Version: p.Mod.Require[imported], Lang: p.langOfFolder(dir), Replaces: true}, dir, true
		}
	}
	return nil, "", false
}

// standIn follows `replace old => other/module` lines, else the style of the program, to a package of the bundle.
func (p *Project) standIn(imported string) string {
	for _, r := range p.Mod.Replace {
		if rest, ok := below(imported, r.Old); ok && !r.Local() {
			if _, known := p.index.Packages[path.Join(r.New, rest)]; known {
				return path.Join(r.New, rest)
			}
		}
	}
	if other, ok := p.inStyle(imported); ok {
		return other
	}
	return imported
}

// below gives what follows prefix in an import path.
func below(importPath, prefix string) (string, bool) {
	if importPath == prefix {
		return ".", true
	}
	return strings.CutPrefix(importPath, prefix+"/")
}

// internalTo refuses internal packages of others, in cmd/go's words (https://go.dev/s/go14internal).
func internalTo(importer, imported string) string {
	parts := strings.Split(imported, "/")
	for i := len(parts) - 1; i >= 0; i-- {
		if parts[i] != "internal" {
			continue
		}
		parent := strings.Join(parts[:i], "/")
		_, inside := below(importer, parent)
		// Nobody outside the standard library is inside its root.
		if !inside || parent == "" {
			return fmt.Sprintf("use of internal package %s not allowed", imported)
		}
		return ""
	}
	return ""
}

func (p *Project) reportMissing(imported string, at []token.Position) {
	about := map[string]string{"package": imported}
	if rest, ok := below(imported, p.Main.Path); ok {
		about["folder"] = rest
		p.reportImport(at, imported, CodeFolder, fmt.Sprintf("package %s: the plugin has no folder %s with Go files", imported, rest), about)
		return
	}
	if isStandard(imported) {
		message := fmt.Sprintf("package %s is not in std, or not in the tab's bundle of it", imported)
		p.reportImport(at, imported, CodeStd, message, about)
		return
	}
	for _, module := range sortedKeys(p.index.Modules) {
		if _, ok := below(imported, module); ok {
			about["module"] = module
			message := fmt.Sprintf("package %s: module %s in the tab's bundle has no such package", imported, module)
			p.reportImport(at, imported, CodePackage, message, about)
			return
		}
	}
	module := p.requiredModule(imported)
	about["module"] = module
	before := len(p.Diagnostics)
	p.reportImport(at, imported, CodeModule, fmt.Sprintf(
		"module %s is not in the tab's bundle: put its source under third_party/%s, or use the build service", module, module), about)
	if now := p.movedTo(imported); now != "" {
		for i := before; i < len(p.Diagnostics); i++ {
			d := &p.Diagnostics[i]
			d.Fixes = []protocol.Fix{{Kind: protocol.UseName, Subject: now,
				Edits: []protocol.Edit{{Range: d.Range, Text: strconv.Quote(now)}}}}
		}
	}
}

// isFolder tells paths of folders from import paths, as cmd/go does.
func isFolder(imported string) bool {
	first, _, _ := strings.Cut(imported, "/")
	return first == "" || first == "." || first == ".."
}

// reportFolder refuses an import path that is a folder in cmd/go's words. Written from the plugin's own folder and
// leading to one that has Go files, it has a path that can be imported.
func (p *Project) reportFolder(imported string, at []token.Position) {
	about := map[string]string{"package": imported}
	message := fmt.Sprintf("%q is relative, but relative import paths are not supported in module mode", imported)
	if path.IsAbs(imported) {
		message = fmt.Sprintf("cannot import absolute path %q", imported)
	}
	for _, pos := range at {
		before := len(p.Diagnostics)
		p.reportImport([]token.Position{pos}, imported, CodeRelative, message, about)
		dir := path.Join(path.Dir(pos.Filename), imported)
		if path.IsAbs(imported) || dir == "." || !p.Tree.HasGo(dir) {
			continue
		}
		now := path.Join(p.Main.Path, dir)
		for i := before; i < len(p.Diagnostics); i++ {
			d := &p.Diagnostics[i]
			d.Fixes = []protocol.Fix{{Kind: protocol.UseName, Subject: now,
				Edits: []protocol.Edit{{Range: d.Range, Text: strconv.Quote(now)}}}}
		}
	}
}

// moved are modules that live under another path now.
var moved = map[string]string{
	"github.com/alibaba/higress/plugins/wasm-go": "github.com/higress-group/wasm-go",
	"github.com/mathetake/proxy-wasm-go":         "github.com/tetratelabs/proxy-wasm-go-sdk",
}

// movedTo is the path in the bundle that a package moved to, empty when it did not.
func (p *Project) movedTo(imported string) string {
	for old, now := range moved {
		if rest, ok := below(imported, old); ok {
			if _, known := p.index.Packages[path.Join(now, rest)]; known {
				return path.Join(now, rest)
			}
		}
	}
	return ""
}

// requiredModule is the module of go.mod that holds the path, else a guess by the shape of well-known hosts.
func (p *Project) requiredModule(imported string) string {
	best := ""
	for module := range p.Mod.Require {
		if _, ok := below(imported, module); ok && len(module) > len(best) {
			best = module
		}
	}
	if best != "" {
		return best
	}
	parts := strings.Split(imported, "/")
	switch parts[0] {
	case "github.com", "gitlab.com", "bitbucket.org", "gitee.com", "golang.org":
		return strings.Join(parts[:min(len(parts), 3)], "/")
	}
	return imported
}

func (p *Project) reportImport(at []token.Position, imported, code, message string, about map[string]string) {
	for _, pos := range at {
		// The position is that of the whole import; its name, if it has one, comes before the path.
		body := p.Text(pos.Filename).Body
		start := pos.Offset + max(strings.IndexAny(body[pos.Offset:], "\"`"), 0)
		p.report(protocol.Error, pos.Filename, start, TokenEnd(body, start), code, message, about)
	}
}
