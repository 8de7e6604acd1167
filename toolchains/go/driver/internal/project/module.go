package project

import (
	"fmt"
	"go/version"
	"path"
	"sort"
	"strings"

	"proxyground.dev/driver/internal/gomod"
	"proxyground.dev/driver/internal/protocol"
)

// What a plugin without go.mod is taken for: the name and version that the Higress documents use.
const (
	defaultModule = "wasm-demo-go"
	defaultGo     = "1.24"
)

// A Module is a folder of the plugin whose packages have import paths below Path.
type Module struct {
	Path    string
	Dir     string
	Version string
	// Lang is what `compile -lang` gets.
	Lang string
	// Replaces says that it stands there because of a replace line or a folder of sources, not as the plugin itself.
	Replaces bool
}

func (p *Project) loadModules() {
	main := &Module{Path: defaultModule, Dir: ".", Lang: "go" + defaultGo}
	p.Main = main
	p.Mod = &gomod.File{}
	if text, ok := p.Tree.File("go.mod"); ok {
		p.Mod = gomod.Parse(text)
		p.checkMod()
		main.Lang = langOf(p.Mod)
		if p.Mod.Module != "" {
			main.Path = p.Mod.Module
		}
	} else {
		p.Notes = append(p.Notes, fmt.Sprintf("no go.mod: module %s with go %s is assumed", defaultModule, defaultGo))
	}
	p.modules = []*Module{main}
	for _, r := range p.Mod.Replace {
		if r.Local() {
			p.replaceByFolder(r)
		}
	}
	p.loadVendored()
	// The longest path decides whose a package is.
	sort.SliceStable(p.modules, func(i, j int) bool { return len(p.modules[i].Path) > len(p.modules[j].Path) })
}

func (p *Project) checkMod() {
	const file = "go.mod"
	text := p.Text(file)
	for _, e := range p.Mod.Errors {
		start, end := text.Line(e.Line)
		p.report(protocol.Error, file, start, end, CodeMod, e.Message, nil)
	}
	if p.Mod.Module == "" && len(p.Mod.Errors) == 0 {
		p.report(protocol.Error, file, 0, 0, CodeNoModule, "go.mod names no module: it needs a line like `module wasm-demo-go`", map[string]string{"file": file})
	}
	running := p.index.GoVersion
	if p.Mod.Go == "" || version.Compare("go"+p.Mod.Go, running) <= 0 {
		return
	}
	start, end := text.Line(p.Mod.GoLine)
	about := map[string]string{"wanted": p.Mod.Go, "running": strings.Replace(running, "go", "go ", 1)}
	message := fmt.Sprintf("go.mod requires go >= %s (running %s)", about["wanted"], about["running"])
	lang := strings.TrimPrefix(version.Lang(running), "go")
	d := p.report(protocol.Error, file, start, end, CodeVersion, message, about)
	d.Fixes = []protocol.Fix{{Kind: protocol.SetGoVersion, Subject: lang,
		Edits: []protocol.Edit{{Range: text.Range(start, end), Text: "go " + lang}}}}
}

func (p *Project) replaceByFolder(r gomod.Replace) {
	const file = "go.mod"
	dir := path.Clean(r.New)
	start, end := p.Text(file).Line(r.Line)
	switch {
	case strings.HasPrefix(dir, "..") || strings.HasPrefix(dir, "/"):
		p.report(protocol.Error, file, start, end, CodeOutside,
			fmt.Sprintf("replacement directory %s lies outside the plugin: put the sources into a folder of the plugin, e.g. ./third_party/%s", r.New, r.Old),
			map[string]string{"directory": r.New, "module": r.Old})
	case !p.Tree.IsDir(dir):
		p.report(protocol.Error, file, start, end, CodeMod,
			fmt.Sprintf("replacement directory %s does not exist", r.New), nil)
	default:
		p.modules = append(p.modules, &Module{
			Path: r.Old, Dir: dir, Version: p.Mod.Require[r.Old], Lang: p.langOfFolder(dir), Replaces: true,
		})
	}
}

// langOfFolder is the version of the go.mod in dir or the nearest folder above it; without one that of the plugin.
func (p *Project) langOfFolder(dir string) string {
	for ; dir != "."; dir = path.Dir(dir) {
		if text, ok := p.Tree.File(path.Join(dir, "go.mod")); ok {
			return langOf(gomod.Parse(text))
		}
	}
	return p.Main.Lang
}

// A go.mod without a go line means Go 1.16 (https://go.dev/ref/mod#go-mod-file-go).
func langOf(mod *gomod.File) string {
	if mod.Go == "" {
		return "go1.16"
	}
	return version.Lang("go" + mod.Go)
}

// loadVendored reads vendor/modules.txt: `# path version`, then `## explicit; go 1.21`, then packages.
func (p *Project) loadVendored() {
	text, ok := p.Tree.File("vendor/modules.txt")
	if !ok {
		return
	}
	var module *Module
	for _, line := range strings.Split(text, "\n") {
		words := strings.Fields(line)
		switch {
		case len(words) >= 3 && words[0] == "#":
			module = &Module{Path: words[1], Dir: path.Join("vendor", words[1]), Version: words[2], Lang: "go1.16", Replaces: true}
			if p.Tree.IsDir(module.Dir) {
				p.modules = append(p.modules, module)
			}
		case len(words) > 1 && words[0] == "##" && module != nil:
			if _, after, ok := strings.Cut(line, "go "); ok && version.IsValid("go"+strings.TrimSpace(after)) {
				module.Lang = version.Lang("go" + strings.TrimSpace(after))
			}
		}
	}
}
