package project

import (
	"errors"
	"fmt"
	"go/ast"
	"go/build"
	"go/parser"
	"go/token"
	"path"
	"slices"
	"sort"
	"strconv"
	"strings"

	"proxyground.dev/driver/internal/protocol"
)

// A Package is a folder of the plugin that is compiled.
type Package struct {
	// Path is its import path; the plugin's own main package is compiled as `main`.
	Path   string
	Name   string
	Dir    string
	Files  []string
	Module *Module
	// Imports by what the source says.
	Imports map[string]Target
	Embed   *protocol.Embed
	// Debug are the //go:debug lines.
	Debug []build.Directive
}

// A Target is what an import leads to: a package of the plugin, or (Package nil) one of the bundle.
type Target struct {
	Path    string
	Package *Package
}

// visit loads a package and what it imports, depth first; stack is the way from the plugin's package to here.
func (p *Project) visit(importPath string, module *Module, dir string, stack []*Package) *Package {
	if pkg, ok := p.loaded[importPath]; ok {
		return pkg
	}
	pkg := &Package{Path: importPath, Module: module, Dir: dir, Imports: map[string]Target{}}
	p.loaded[importPath] = pkg
	found, err := p.context.ImportDir(dir, 0)
	p.withCgo(found)
	if !p.checkFolder(pkg, found, err) {
		return pkg
	}
	pkg.Name, pkg.Debug = found.Name, found.Directives
	// A file whose head does not parse, or that needs cgo, is an error, but what else is wrong in it is said at once.
	for _, name := range slices.Sorted(slices.Values(slices.Concat(found.GoFiles, found.CgoFiles, found.InvalidGoFiles))) {
		pkg.Files = append(pkg.Files, path.Join(dir, name))
	}
	pkg.Files = slices.Compact(pkg.Files)
	p.checkForeign(pkg, found)
	stack = append(stack, pkg)
	for _, imported := range found.Imports {
		p.resolve(pkg, imported, found.ImportPos[imported], stack)
	}
	p.embed(pkg, found)
	p.Packages = append(p.Packages, pkg)
	return pkg
}

// checkFolder says whether there is something to compile.
func (p *Project) checkFolder(pkg *Package, found *build.Package, err error) bool {
	var none *build.NoGoError
	var names *build.MultiplePackageError
	main := pkg.Module == p.Main && pkg.Dir == "."
	switch {
	case len(found.CgoFiles) == 0 && (errors.As(err, &none) || err == nil && len(found.GoFiles) == 0):
		message, about := noFiles(found, main)
		p.report(protocol.Error, p.anyFile(pkg.Dir), 0, 0, CodeNoFiles, message, about)
		return false
	case errors.As(err, &names):
		file := path.Join(pkg.Dir, names.Files[1])
		message := fmt.Sprintf("found packages %s (%s) and %s (%s) in one folder: a folder holds one package",
			names.Packages[0], names.Files[0], names.Packages[1], names.Files[1])
		start, end := p.packageName(file)
		p.report(protocol.Error, file, start, end, CodeNames, message, map[string]string{
			"first": names.Packages[0], "firstFile": names.Files[0], "second": names.Packages[1], "secondFile": names.Files[1]})
		return false
	case err != nil && !errors.As(err, &none):
		p.reportBroken(pkg, found, err)
		return len(found.InvalidGoFiles) > 0
	case main && found.Name != "main":
		file := path.Join(pkg.Dir, slices.Concat(found.GoFiles, found.CgoFiles)[0])
		start, end := p.packageName(file)
		message := fmt.Sprintf("the plugin's package is called %s: -buildmode=c-shared needs `package main`", found.Name)
		d := p.report(protocol.Error, file, start, end, CodeNotMain, message, map[string]string{"name": found.Name})
		d.Fixes = []protocol.Fix{{Kind: protocol.UseName, Subject: "main", Edits: []protocol.Edit{{Range: d.Range, Text: "main"}}}}
	}
	return true
}

// noFiles says why there is nothing to compile: in cmd/go's words, or for an empty plugin in ours.
func noFiles(found *build.Package, main bool) (string, map[string]string) {
	switch {
	case len(found.IgnoredGoFiles) > 0:
		return "build constraints exclude all Go files: " + strings.Join(found.IgnoredGoFiles, ", "), nil
	case len(found.TestGoFiles)+len(found.XTestGoFiles) > 0:
		return "no non-test Go files in the folder", nil
	case main:
		return "no Go files in the plugin's folder", map[string]string{"folder": found.Dir}
	}
	return "no Go files in the folder", nil
}

// anyFile is a file of a folder to hang a message on, else go.mod.
func (p *Project) anyFile(dir string) string {
	for _, e := range p.Tree.dirs[dir] {
		if !e.dir && strings.HasSuffix(e.name, ".go") {
			return path.Join(dir, e.name)
		}
	}
	return "go.mod"
}

// reportBroken says what go/build could not read: the head of a file, or an import path.
func (p *Project) reportBroken(pkg *Package, found *build.Package, err error) {
	files := found.InvalidGoFiles
	before := len(p.Diagnostics)
	for _, name := range files {
		found, _ := SyntaxErrors(p.Text(path.Join(pkg.Dir, name)))
		p.Diagnostics = append(p.Diagnostics, found...)
	}
	if len(p.Diagnostics) > before {
		return
	}
	file, start := p.anyFile(pkg.Dir), 0
	if len(files) > 0 {
		file = path.Join(pkg.Dir, files[0])
	}
	message := err.Error()
	// go/build writes `file:line:column: message`.
	if rest, ok := strings.CutPrefix(message, file+":"); ok {
		parts := strings.SplitN(rest, ":", 3)
		if len(parts) == 3 {
			line, _ := strconv.Atoi(parts[0])
			column, _ := strconv.Atoi(parts[1])
			start, message = p.Text(file).At(line, column), strings.TrimSpace(parts[2])
		}
	}
	p.report(protocol.Error, file, start, TokenEnd(p.Text(file).Body, start), CodeSyntax, message, nil)
}

// packageName gives the place of the name in a file's package clause.
func (p *Project) packageName(file string) (start, end int) {
	body, _ := p.Tree.File(file)
	fset := token.NewFileSet()
	parsed, _ := parser.ParseFile(fset, file, body, parser.PackageClauseOnly)
	if parsed == nil || parsed.Name == nil {
		return 0, 0
	}
	start = fset.PositionFor(parsed.Name.Pos(), false).Offset
	return start, start + len(parsed.Name.Name)
}

func (p *Project) embed(pkg *Package, found *build.Package) {
	if len(found.EmbedPatterns) == 0 {
		return
	}
	config, at, err := p.Tree.embedConfig(pkg.Dir, found.EmbedPatterns)
	if err == nil {
		pkg.Embed = config
		return
	}
	for _, pos := range found.EmbedPatternPos[at] {
		start := pos.Offset
		p.report(protocol.Error, pos.Filename, start, start+len(at), CodeEmbed, err.Error(), map[string]string{"pattern": at})
	}
}

// withCgo lists the files that go/build left out only because they import "C", with what else they import: a build
// with them fails, and everything that is wrong in them is said together.
func (p *Project) withCgo(found *build.Package) {
	for _, name := range found.IgnoredGoFiles {
		if ok, err := p.context.MatchFile(found.Dir, name); !ok || err != nil {
			continue
		}
		file := path.Join(found.Dir, name)
		body, _ := p.Tree.File(file)
		fset := token.NewFileSet()
		parsed, _ := parser.ParseFile(fset, file, body, parser.ImportsOnly)
		if parsed == nil || !slices.ContainsFunc(parsed.Imports, isCgo) {
			continue
		}
		found.CgoFiles = append(found.CgoFiles, name)
		if found.Name == "" {
			found.Name = parsed.Name.Name
		}
		for _, spec := range parsed.Imports {
			imported, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				continue
			}
			if len(found.ImportPos[imported]) == 0 {
				found.Imports = append(found.Imports, imported)
			}
			if found.ImportPos == nil {
				found.ImportPos = map[string][]token.Position{}
			}
			found.ImportPos[imported] = append(found.ImportPos[imported], fset.PositionFor(spec.Pos(), false))
		}
	}
}

func isCgo(spec *ast.ImportSpec) bool { return spec.Path.Value == `"C"` }

// checkForeign refuses what needs more than Go's compiler.
func (p *Project) checkForeign(pkg *Package, found *build.Package) {
	for _, pos := range found.ImportPos["C"] {
		p.reportImport([]token.Position{pos}, "C", CodeCgo,
			`import "C": cgo does not exist for wasm; write the function in Go`, map[string]string{"file": pos.Filename})
	}
	for _, list := range [][]string{found.SFiles, found.CFiles, found.CXXFiles, found.MFiles, found.FFiles, found.SysoFiles} {
		for _, name := range list {
			file := path.Join(pkg.Dir, name)
			message := fmt.Sprintf("%s: only Go sources can be compiled in the tab", name)
			p.report(protocol.Error, file, 0, 0, CodeForeign, message, map[string]string{"file": name})
		}
	}
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for key := range m {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	return keys
}
