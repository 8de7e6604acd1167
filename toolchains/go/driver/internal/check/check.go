// Package check parses and type-checks a plugin with go/parser and go/types; what did not change is kept for the next
// time. The words are those of Go's compiler.
package check

import (
	"go/ast"
	"go/importer"
	"go/token"
	"go/types"
	"sort"

	"proxyground.dev/driver/internal/bundle"
	"proxyground.dev/driver/internal/project"
	"proxyground.dev/driver/internal/protocol"
)

// A Checker is warm: it keeps export data and packages between calls.
type Checker struct {
	fset     *token.FileSet
	bundle   *bundle.Bundle
	imports  types.Importer
	files    map[string]*File
	packages map[string]*Package
}

// A Package is one of the plugin's, checked as far as it goes.
type Package struct {
	*project.Package
	Types *types.Package
	Info  *types.Info
	Files []*File
	// Errors of syntax, else of types.
	Errors []protocol.Diagnostic
	// Warnings do not keep it from being compiled.
	Warnings []protocol.Diagnostic
	deps     []*types.Package
	// sdk decides what is warned of.
	sdk string
}

// A Result is a checked plugin.
type Result struct {
	Project *project.Project
	// Packages by import path.
	Packages    map[string]*Package
	Diagnostics []protocol.Diagnostic
}

// New starts cold.
func New(from *bundle.Bundle) *Checker {
	fset := token.NewFileSet()
	return &Checker{
		fset: fset, bundle: from, imports: importer.ForCompiler(fset, "gc", from.Lookup),
		files: map[string]*File{}, packages: map[string]*Package{},
	}
}

// Import a package of the bundle, for whoever asks what it declares.
func (c *Checker) Import(path string) (*types.Package, error) {
	if path == "unsafe" {
		return types.Unsafe, nil
	}
	return c.imports.Import(path)
}

// PackageFor an import path that a plugin could write down: of the plugin or of the bundle; nil when it cannot be had.
func (c *Checker) PackageFor(p *project.Project, path string) *types.Package {
	if own := c.packages[path]; own != nil {
		return own.Types
	}
	if loaded := p.LoadOwn(path); len(loaded) > 0 {
		for _, pkg := range loaded {
			c.checkPackage(p, pkg, c.packages)
		}
		return c.packages[path].Types
	}
	pkg, err := c.Import(path)
	if err != nil {
		return nil
	}
	return pkg
}

// Check everything the project compiles.
func (c *Checker) Check(p *project.Project) *Result {
	result := &Result{Project: p, Packages: map[string]*Package{}, Diagnostics: append([]protocol.Diagnostic{}, p.Diagnostics...)}
	failed := map[string]bool{}
	for _, pkg := range p.Packages {
		checked := c.checkPackage(p, pkg, result.Packages)
		result.Packages[pkg.Path] = checked
		// What stands on a broken package would only repeat its errors, so the compiler stops there too.
		for _, target := range pkg.Imports {
			failed[pkg.Path] = failed[pkg.Path] || target.Package != nil && failed[target.Path]
		}
		if !failed[pkg.Path] {
			result.Diagnostics = append(append(result.Diagnostics, checked.Errors...), checked.Warnings...)
		}
		failed[pkg.Path] = failed[pkg.Path] || len(checked.Errors) > 0
	}
	result.Diagnostics = project.Sorted(result.Diagnostics)
	c.forget(p)
	return result
}

// forget drops what belongs to files and packages that are no more.
func (c *Checker) forget(p *project.Project) {
	for name, file := range c.files {
		if _, ok := p.Tree.File(name); !ok {
			if file.Token != nil {
				c.fset.RemoveFile(file.Token)
			}
			delete(c.files, name)
		}
	}
	for path := range c.packages {
		if !p.Loaded(path) {
			delete(c.packages, path)
		}
	}
}

func (c *Checker) checkPackage(p *project.Project, pkg *project.Package, done map[string]*Package) *Package {
	checked := &Package{Package: pkg, sdk: p.Sdk}
	for _, name := range pkg.Files {
		checked.Files = append(checked.Files, c.file(p.Text(name)))
	}
	for _, imported := range sortedImports(pkg) {
		if target := pkg.Imports[imported]; target.Package != nil {
			if dep := done[target.Path]; dep != nil {
				checked.deps = append(checked.deps, dep.Types)
			}
		}
	}
	if before := c.packages[pkg.Path]; before != nil && before.same(checked) {
		before.Package = pkg
		return before
	}
	// The old one is let go before the new one needs memory.
	delete(c.packages, pkg.Path)
	c.typeCheck(p, checked, done)
	c.packages[pkg.Path] = checked
	return checked
}

// same says whether nothing that matters changed; File values are kept as long as the text is.
func (p *Package) same(other *Package) bool {
	if len(p.Files) != len(other.Files) || len(p.deps) != len(other.deps) || len(p.Imports) != len(other.Imports) ||
		p.Module.Lang != other.Module.Lang || p.sdk != other.sdk {
		return false
	}
	for i, file := range p.Files {
		if file != other.Files[i] {
			return false
		}
	}
	for i, dep := range p.deps {
		if dep != other.deps[i] {
			return false
		}
	}
	for imported, target := range p.Imports {
		if other.Imports[imported].Path != target.Path {
			return false
		}
	}
	return true
}

func sortedImports(pkg *project.Package) []string {
	names := make([]string, 0, len(pkg.Imports))
	for name := range pkg.Imports {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}

func (c *Checker) typeCheck(p *project.Project, pkg *Package, done map[string]*Package) {
	var syntax []*ast.File
	size := 0
	for _, file := range pkg.Files {
		pkg.Errors = append(pkg.Errors, file.Errors...)
		pkg.Warnings = append(pkg.Warnings, file.Warnings...)
		size += len(file.Text.Body)
		if file.Syntax != nil {
			syntax = append(syntax, file.Syntax)
		}
	}
	pkg.Info = infoFor(size)
	if len(syntax) < len(pkg.Files) {
		// Without one of its files a package would seem full of errors.
		pkg.Types = types.NewPackage(pkg.Path, pkg.Name)
		return
	}
	var errors []types.Error
	config := types.Config{
		GoVersion: pkg.Module.Lang,
		Importer:  importsOf{c, pkg.Package, done},
		Sizes:     types.SizesFor("gc", "wasm"),
		// Cgo is refused by the project; what else is wrong in such a file is seen all the same.
		FakeImportC: true,
		Error: func(err error) {
			if e, ok := err.(types.Error); ok {
				errors = append(errors, e)
			}
		},
	}
	path := pkg.Path
	if pkg.Name == "main" {
		path = "main"
	}
	pkg.Types, _ = config.Check(path, c.fset, syntax, pkg.Info)
	if pkg.Path == p.Main.Path && p.Sdk != "tinygo" {
		pkg.Warnings = append(pkg.Warnings, pkg.registersInMain()...)
	}
	if len(pkg.Errors) == 0 {
		pkg.Errors = c.typeErrors(p, pkg, errors)
	}
	// What no person writes nobody has to be warned of.
	if len(pkg.Errors) == 0 && pkg.Module == p.Main && size < 100_000 {
		pkg.Warnings = append(pkg.Warnings, c.vetted(pkg, syntax, config.Sizes)...)
	}
}

// infoFor a package of so many bytes: all that an editor asks about, or for what no person writes only what errors need.
// A file of 2 MB took 600 MB with everything.
func infoFor(size int) *types.Info {
	info := &types.Info{FileVersions: map[*ast.File]string{}}
	if size < 500_000 {
		info.Types, info.Instances = map[ast.Expr]types.TypeAndValue{}, map[*ast.Ident]types.Instance{}
		info.Defs, info.Uses = map[*ast.Ident]types.Object{}, map[*ast.Ident]types.Object{}
		info.Implicits, info.Scopes = map[ast.Node]types.Object{}, map[ast.Node]*types.Scope{}
		info.Selections = map[*ast.SelectorExpr]*types.Selection{}
	}
	return info
}

// importsOf a package: the plugin's own as they were checked, the bundle's from their export data.
type importsOf struct {
	checker *Checker
	pkg     *project.Package
	done    map[string]*Package
}

func (i importsOf) Import(path string) (*types.Package, error) {
	if path == "unsafe" {
		return types.Unsafe, nil
	}
	target, ok := i.pkg.Imports[path]
	if !ok {
		return nil, errNotResolved(path)
	}
	if target.Package == nil {
		return i.checker.imports.Import(target.Path)
	}
	if dep := i.done[target.Path]; dep != nil && dep.Types != nil {
		return dep.Types, nil
	}
	return nil, errNotResolved(path)
}

// errNotResolved is of an import that the project has reported already.
type errNotResolved string

func (e errNotResolved) Error() string { return "not resolved: " + string(e) }
