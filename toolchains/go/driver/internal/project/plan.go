package project

import (
	"fmt"
	"path"
	"sort"
	"strings"

	"proxyground.dev/driver/internal/protocol"
)

// Plan says what to compile and link; only for a project without errors.
func (p *Project) Plan() protocol.Plan {
	plan := protocol.Plan{
		Kinded:   protocol.Kinded{Kind: "plan"},
		Packages: []protocol.Package{},
		Warnings: append([]protocol.Diagnostic{}, p.Diagnostics...),
		Notes:    append([]string{}, p.Notes...),
	}
	// Every program needs the runtime, whether or not it says so.
	direct := map[string]bool{"runtime": true}
	for _, pkg := range p.Packages {
		planned := p.planPackage(pkg)
		for _, i := range planned.Imports {
			if i.From == "bundle" {
				direct[i.ImportPath] = true
			}
		}
		plan.Packages = append(plan.Packages, planned)
	}
	for _, module := range p.bundleModules() {
		wanted, has := p.Mod.Require[module], p.index.Modules[module].Version
		if wanted != "" && has != "" && wanted != has {
			plan.Notes = append(plan.Notes, fmt.Sprintf("go.mod requires %s %s; the tab's bundle has %s", module, wanted, has))
		}
	}
	godebug := p.godebug()
	plan.Link = protocol.Link{Imports: sortedKeys(direct), Modinfo: p.modinfo(godebug), Flags: []string{}}
	if godebug != "" {
		plan.Link.Flags = append(plan.Link.Flags, "-X=runtime.godebugDefault="+godebug)
	}
	return plan
}

func (p *Project) planPackage(pkg *Package) protocol.Package {
	name := pkg.Path
	if pkg.Name == "main" {
		name = "main"
	}
	planned := protocol.Package{
		ImportPath: name,
		Files:      pkg.Files,
		Generated:  []protocol.Generated{},
		Imports:    []protocol.Import{},
		ImportMap:  map[string]string{},
		Flags:      []string{"-p", name, "-lang=" + pkg.Module.Lang, "-complete"},
		Embed:      pkg.Embed,
	}
	seen := map[string]bool{}
	for _, imported := range sortedKeys(pkg.Imports) {
		target := pkg.Imports[imported]
		if target.Path != imported {
			planned.ImportMap[imported] = target.Path
		}
		if seen[target.Path] {
			continue
		}
		seen[target.Path] = true
		from := "bundle"
		if target.Package != nil {
			from = "plugin"
		}
		planned.Imports = append(planned.Imports, protocol.Import{ImportPath: target.Path, From: from})
	}
	if p.Sdk == "tinygo" && name == "main" {
		planned.Generated = append(planned.Generated, p.startMain(pkg))
	}
	return planned
}

// startMain is the last file of a plugin for TinyGo: TinyGo's modules run main when they start, Go's c-shared ones only
// run their inits (design.md 2), and those in the order of the files.
func (p *Project) startMain(pkg *Package) protocol.Generated {
	last := pkg.Files[len(pkg.Files)-1]
	name := "zz_proxyground_start.go"
	for strings.Compare(name, path.Base(last)) <= 0 {
		name = "zz" + name
	}
	return protocol.Generated{
		Path: path.Join(pkg.Dir, name),
		Text: "// Made by Proxyground: runs main when the module starts, as TinyGo does.\npackage main\n\nfunc init() { main() }\n",
	}
}

// bundleModules are the modules of all packages of the bundle that the plugin needs, by path.
func (p *Project) bundleModules() []string {
	modules := map[string]bool{}
	seen := map[string]bool{}
	var walk func(path string)
	walk = func(path string) {
		if seen[path] {
			return
		}
		seen[path] = true
		if module := p.moduleOf(path); module != "" {
			modules[module] = true
		}
		for _, needed := range p.index.Packages[path].Imports {
			walk(needed)
		}
	}
	for _, pkg := range p.Packages {
		for _, target := range pkg.Imports {
			if target.Package == nil {
				walk(target.Path)
			}
		}
	}
	list := sortedKeys(modules)
	sort.Strings(list)
	return list
}
