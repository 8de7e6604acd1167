// Package project sees a plugin's sources as cmd/go would: modules, packages, what they import and embed.
package project

import (
	"fmt"
	"go/build"
	"io"
	"io/fs"
	"path"
	"strings"

	"proxyground.dev/driver/internal/bundle"
	"proxyground.dev/driver/internal/gomod"
	"proxyground.dev/driver/internal/position"
	"proxyground.dev/driver/internal/protocol"
)

// A Project is one plugin, loaded.
type Project struct {
	Sdk  string
	Tree *Tree
	Mod  *gomod.File
	Main *Module
	// Packages in the order to compile them; the plugin's own main package is the last.
	Packages    []*Package
	Diagnostics []protocol.Diagnostic
	Notes       []string

	index   *protocol.Index
	modules []*Module
	texts   map[string]*position.Text
	context build.Context
	loaded  map[string]*Package
	// styles are modules that stand for others in this program.
	styles []protocol.Style
	// forced are packages that the bundle's own packages need, so that a copy in the plugin cannot stand for them.
	forced map[string]bool
}

// Load reads the module and import graph; what is wrong with it is in Diagnostics.
func Load(sdk string, sources map[string]string, from *bundle.Bundle) (*Project, error) {
	index, err := from.Index()
	if err != nil {
		return nil, err
	}
	p := load(sdk, sources, index, map[string]bool{})
	if forced := p.needed(); len(forced) > 0 {
		p = load(sdk, sources, index, forced)
	}
	return p, nil
}

func load(sdk string, sources map[string]string, index *protocol.Index, forced map[string]bool) *Project {
	p := &Project{
		Sdk: sdk, Tree: NewTree(sources), index: index, forced: forced,
		texts: map[string]*position.Text{}, loaded: map[string]*Package{},
	}
	for _, name := range p.Tree.Ignored {
		p.Notes = append(p.Notes, fmt.Sprintf("%q is no path of a file inside the plugin: left out", name))
	}
	for name := range forced {
		p.Notes = append(p.Notes, fmt.Sprintf("the plugin's copy of %s is not used: packages of the bundle need their own", name))
	}
	p.context = buildContext(sdk, p.Tree)
	p.chooseStyles()
	p.loadModules()
	p.visit(p.Main.Path, p.Main, ".", nil)
	p.checkSdks()
	p.Diagnostics = Sorted(p.Diagnostics)
	return p
}

// buildContext holds the constraints of the target. `tinygo` is set for plugins written for TinyGo, whose sources may
// be guarded by it; the compiler is gc all the same.
func buildContext(sdk string, tree *Tree) build.Context {
	context := build.Context{
		GOARCH: "wasm", GOOS: "wasip1", Compiler: "gc", GOROOT: "/go",
		ReleaseTags: build.Default.ReleaseTags,
		JoinPath:    path.Join,
		IsAbsPath:   path.IsAbs,
		IsDir:       tree.IsDir,
		HasSubdir:   func(root, dir string) (string, bool) { return "", false },
		ReadDir:     func(dir string) ([]fs.FileInfo, error) { return tree.ReadDir(dir) },
		OpenFile:    func(name string) (io.ReadCloser, error) { return tree.Open(name) },
	}
	if sdk == "tinygo" {
		context.BuildTags = []string{"tinygo"}
	}
	return context
}

// Failed says whether any diagnostic is an error.
func (p *Project) Failed() bool {
	for _, d := range p.Diagnostics {
		if d.Severity == protocol.Error {
			return true
		}
	}
	return false
}

// needed finds packages that the plugin brings although a package of the bundle that it uses imports the bundle's: two
// packages of one path cannot be linked together.
func (p *Project) needed() map[string]bool {
	forced := map[string]bool{}
	seen := map[string]bool{}
	var walk func(path string)
	walk = func(path string) {
		if seen[path] {
			return
		}
		seen[path] = true
		for _, needed := range p.index.Packages[path].Imports {
			if _, own := p.loaded[needed]; own {
				forced[needed] = true
			}
			walk(needed)
		}
	}
	for _, pkg := range p.loaded {
		for _, target := range pkg.Imports {
			if target.Package == nil {
				walk(target.Path)
			}
		}
	}
	return forced
}

// ModuleOf the bundle's package, empty for the standard library.
func (p *Project) moduleOf(path string) string {
	return p.index.Packages[path].Module
}

func isStandard(path string) bool {
	first, _, _ := strings.Cut(path, "/")
	return !strings.Contains(first, ".")
}
