package project

import (
	"path"
	"strings"
)

// Importable lists what the plugin's main package could import: the bundle's packages and the plugin's own folders.
func (p *Project) Importable() []string {
	var list []string
	for importPath := range p.index.Packages {
		if internalTo(p.Main.Path, importPath) == "" {
			list = append(list, importPath)
		}
	}
	for dir := range p.Tree.dirs {
		if dir == "." || !p.Tree.HasGo(dir) || strings.HasPrefix(dir, "third_party/") || strings.HasPrefix(dir, "vendor/") {
			continue
		}
		list = append(list, path.Join(p.Main.Path, dir))
	}
	return list
}

// PackageName of an import path, empty when nothing is known of it.
func (p *Project) PackageName(importPath string) string {
	if pkg, ok := p.loaded[importPath]; ok && pkg.Name != "" {
		return pkg.Name
	}
	if entry, ok := p.index.Packages[p.standIn(importPath)]; ok {
		return entry.Name
	}
	if _, dir, ok := p.inPlugin(importPath); ok {
		return p.nameIn(dir)
	}
	return ""
}

// nameIn a folder that was not loaded: what its first file's package clause says.
func (p *Project) nameIn(dir string) string {
	for _, e := range p.Tree.dirs[dir] {
		if e.dir || !strings.HasSuffix(e.name, ".go") || strings.HasSuffix(e.name, "_test.go") {
			continue
		}
		file := path.Join(dir, e.name)
		if start, end := p.packageName(file); end > start {
			body, _ := p.Tree.File(file)
			return body[start:end]
		}
	}
	return ""
}

// LoadOwn loads a package of the plugin that nothing imports yet, with what it needs, in the order to check them; none
// when the path leads elsewhere or it is loaded already.
func (p *Project) LoadOwn(importPath string) []*Package {
	module, dir, ok := p.inPlugin(importPath)
	if !ok || p.loaded[importPath] != nil {
		return nil
	}
	before := len(p.Packages)
	p.visit(importPath, module, dir, nil)
	loaded := p.Packages[before:]
	// What is looked at is not compiled.
	p.Packages = p.Packages[:before:before]
	return loaded
}

// Loaded says whether a package of the plugin was loaded, be it to be compiled or only to be looked at.
func (p *Project) Loaded(importPath string) bool {
	return p.loaded[importPath] != nil
}
