package project

import (
	"encoding/hex"
	"fmt"
	"runtime/debug"
	"sort"
	"strconv"
	"strings"

	"proxyground.dev/driver/internal/compiler"
)

// The marks around the build information in a binary (https://pkg.go.dev/debug/buildinfo).
const (
	modinfoStart = "3077af0c9274080241e1c107e6d618e6"
	modinfoEnd   = "f932433186182072008242104116d8f2"
)

// modinfo is the line that cmd/go puts into the link's importcfg.
func (p *Project) modinfo(godebug string) string {
	info := debug.BuildInfo{
		Path: p.Main.Path,
		Main: debug.Module{Path: p.Main.Path, Version: "(devel)"},
		Settings: []debug.BuildSetting{
			{Key: "-buildmode", Value: "c-shared"},
			{Key: "-compiler", Value: "gc"},
			{Key: "-trimpath", Value: "true"},
		},
	}
	if godebug != "" {
		info.Settings = append(info.Settings, debug.BuildSetting{Key: "DefaultGODEBUG", Value: godebug})
	}
	info.Settings = append(info.Settings,
		debug.BuildSetting{Key: "CGO_ENABLED", Value: "0"},
		debug.BuildSetting{Key: "GOARCH", Value: "wasm"},
		debug.BuildSetting{Key: "GOOS", Value: "wasip1"},
	)
	info.Deps = p.dependencies()
	start, _ := hex.DecodeString(modinfoStart)
	end, _ := hex.DecodeString(modinfoEnd)
	return "modinfo " + strconv.Quote(string(start)+info.String()+string(end))
}

func (p *Project) dependencies() []*debug.Module {
	var deps []*debug.Module
	for _, path := range p.bundleModules() {
		module := p.index.Modules[path]
		version := module.Version
		if version == "" {
			version = "(devel)"
		}
		deps = append(deps, &debug.Module{Path: path, Version: version, Sum: module.Sum})
	}
	own := map[string]bool{}
	for _, pkg := range p.Packages {
		if module := pkg.Module; module.Replaces && !own[module.Path] {
			own[module.Path] = true
			version := module.Version
			if version == "" {
				version = "v0.0.0"
			}
			deps = append(deps, &debug.Module{Path: module.Path, Version: version,
				Replace: &debug.Module{Path: "./" + module.Dir, Version: "(devel)"}})
		}
	}
	sort.Slice(deps, func(i, j int) bool { return deps[i].Path < deps[j].Path })
	return deps
}

// godebug is the program's default GODEBUG (https://go.dev/doc/godebug): old values for what changed after the
// plugin's Go version, then go.mod's godebug lines, then //go:debug lines.
func (p *Project) godebug() string {
	main := p.Packages[len(p.Packages)-1]
	own := map[string]string{}
	for _, g := range p.Mod.Godebug {
		own[g.Key] = g.Value
	}
	for _, directive := range main.Debug {
		text, ok := strings.CutPrefix(directive.Text, "//go:debug")
		key, value, found := strings.Cut(strings.TrimSpace(text), "=")
		if ok && found {
			own[key] = value
		}
	}
	lang := main.Module.Lang
	if version, ok := own["default"]; ok {
		delete(own, "default")
		lang = "go" + strings.TrimPrefix(version, "go")
	}
	settings := map[string]string{}
	if minor, ok := minorOf(lang); ok {
		compiler.Godebugs(func(name string, changed int, old string) {
			if minor < changed {
				settings[name] = old
			}
		})
	}
	for key, value := range own {
		settings[key] = value
	}
	parts := make([]string, 0, len(settings))
	for _, key := range sortedKeys(settings) {
		parts = append(parts, fmt.Sprintf("%s=%s", key, settings[key]))
	}
	return strings.Join(parts, ",")
}

func minorOf(lang string) (int, bool) {
	rest, ok := strings.CutPrefix(lang, "go1.")
	if !ok {
		return 0, false
	}
	rest, _, _ = strings.Cut(rest, ".")
	minor, err := strconv.Atoi(rest)
	return minor, err == nil
}
