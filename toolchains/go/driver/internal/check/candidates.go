package check

import (
	"sort"
	"strings"

	"proxyground.dev/driver/internal/project"
)

// generations are the SDKs of which a plugin uses one (design.md 2), by the `sdk` of the project.
var generations = map[string][]string{
	"higress":    {"github.com/higress-group/"},
	"proxy-wasm": {"github.com/proxy-wasm/"},
	"tinygo":     {"github.com/tetratelabs/"},
}

// Candidates are import paths whose package is called name and exports member (any, if member is empty): the standard
// library's first, then what the bundle or the plugin has, at most four.
func (c *Checker) Candidates(p *project.Project, pkg *Package, name, member string) []string {
	var found []string
	for _, importPath := range p.Importable() {
		if p.PackageName(importPath) != name || importPath == pkg.Path || otherGeneration(p.Sdk, importPath) {
			continue
		}
		if member != "" && !c.exports(p, importPath, member) {
			continue
		}
		found = append(found, importPath)
	}
	sort.Slice(found, func(i, j int) bool {
		a, b := found[i], found[j]
		if rank(a) != rank(b) {
			return rank(a) < rank(b)
		}
		if len(a) != len(b) {
			return len(a) < len(b)
		}
		return a < b
	})
	return found[:min(len(found), 4)]
}

// Offered says whether a plugin of that SDK should be offered the package: those of other SDKs and what the SDKs are
// made of are only for those who write them down.
func (c *Checker) Offered(p *project.Project, importPath string) bool {
	return !otherGeneration(p.Sdk, importPath)
}

func otherGeneration(sdk, importPath string) bool {
	for other, prefixes := range generations {
		for _, prefix := range prefixes {
			if other != sdk && strings.HasPrefix(importPath, prefix) {
				return true
			}
		}
	}
	// What the SDKs are made of is theirs.
	return strings.HasPrefix(importPath, "proxyground.dev/") || strings.Contains(importPath, "-legacy/")
}

func (c *Checker) exports(p *project.Project, importPath, member string) bool {
	pkg := c.PackageFor(p, importPath)
	if pkg == nil {
		return false
	}
	object := pkg.Scope().Lookup(member)
	return object != nil && object.Exported()
}

func rank(importPath string) int {
	first, _, _ := strings.Cut(importPath, "/")
	if strings.Contains(first, ".") {
		return 1
	}
	return 0
}
