package project

import (
	"fmt"
	"strings"
	"testing"

	"proxyground.dev/driver/internal/testbundle"
)

type files map[string]string

// modFile says which Go the plugin is written for.
const modFile = "module wasm-demo-go\n\ngo 1.24\n"

func loaded(t *testing.T, sdk string, sources files) *Project {
	t.Helper()
	p, err := Load(sdk, sources, testbundle.Open(t))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// summary is what a test compares: the packages with their files, or what is wrong.
func summary(p *Project) string {
	var lines []string
	for _, d := range p.Diagnostics {
		message, _, _ := strings.Cut(d.Message, "\n")
		lines = append(lines, fmt.Sprintf("%s:%d:%d %s %s", d.File, d.Line, d.Column, d.Code, message))
	}
	if len(lines) == 0 {
		for _, pkg := range p.Plan().Packages {
			files := append([]string{}, pkg.Files...)
			for _, g := range pkg.Generated {
				files = append(files, g.Path)
			}
			line := pkg.ImportPath + ": " + strings.Join(files, " ") + " " + pkg.Flags[2]
			for _, from := range sortedKeys(pkg.ImportMap) {
				line += " " + from + "=>" + pkg.ImportMap[from]
			}
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}

func TestLoadsProjects(t *testing.T) {
	const main = "package main\n\nfunc main() {}\n"
	for _, c := range []struct {
		name, sdk string
		sources   files
		want      string
	}{
		{"one file without go.mod", "higress", files{"main.go": main}, "main: main.go -lang=go1.24"},
		{"constraints of name and comment", "higress", files{"go.mod": modFile, "main.go": main, "a_linux.go": "package main", "b_wasip1.go": "package main",
			"c_wasm.go": "package main", "d_arm64.go": "package main", "e_test.go": "package main_test", "f.go": "//go:build !wasip1\n\npackage main",
			"g.go": "//go:build wasm && gc && go1.24\n\npackage main", "h.go": "//go:build tinygo || js\n\npackage main", "_i.go": "no Go", ".j.go": "no Go",
			"k.go": "//go:build go1.99\n\npackage main", "l.go": "//go:build ignore\n\npackage other"},
			"main: b_wasip1.go c_wasm.go g.go main.go -lang=go1.24"},
		{"tinygo files and the start of main, last", "tinygo", files{"go.mod": modFile, "main.go": main, "zzz.go": "//go:build tinygo\n\npackage main"},
			"main: main.go zzz.go zzzz_proxyground_start.go -lang=go1.24"},
		{"several folders, dependencies first", "higress", files{"go.mod": modFile, "main.go": "package main\nimport _ \"wasm-demo-go/b\"", "b/b.go": "package b\nimport _ \"wasm-demo-go/a/c\"",
			"a/c/c.go": "package c", "unused/x.go": "package x x x"},
			"wasm-demo-go/a/c: a/c/c.go -lang=go1.24\nwasm-demo-go/b: b/b.go -lang=go1.24\nmain: main.go -lang=go1.24"},
		{"internal packages of its own", "higress", files{"go.mod": modFile, "main.go": "package main\nimport _ \"wasm-demo-go/internal/a\"", "internal/a/a.go": "package a"},
			"wasm-demo-go/internal/a: internal/a/a.go -lang=go1.24\nmain: main.go -lang=go1.24"},
		{"sources under third_party with their own go.mod", "higress", files{"go.mod": modFile, "main.go": "package main\nimport _ \"a.org/b/c\"",
			"third_party/a.org/b/c/c.go": "package c\nimport _ \"a.org/b/internal/d\"", "third_party/a.org/b/internal/d/d.go": "package d", "third_party/a.org/b/go.mod": "module a.org/b\ngo 1.18"},
			"a.org/b/internal/d: third_party/a.org/b/internal/d/d.go -lang=go1.18\na.org/b/c: third_party/a.org/b/c/c.go -lang=go1.18\nmain: main.go -lang=go1.24"},
		{"a vendor folder", "higress", files{"go.mod": modFile, "main.go": "package main\nimport _ \"a.org/b/c\"", "vendor/a.org/b/c/c.go": "package c",
			"vendor/modules.txt": "# a.org/b v1.2.3\n## explicit; go 1.21.3\na.org/b/c\n"},
			"a.org/b/c: vendor/a.org/b/c/c.go -lang=go1.21\nmain: main.go -lang=go1.24"},
		{"replace by a folder", "higress", files{"go.mod": modFile + "require a.org/b v1.0.0\nreplace a.org/b => ./local/b\n", "main.go": "package main\nimport _ \"a.org/b/c\"",
			"local/b/c/c.go": "package c", "local/b/go.mod": "module a.org/b"},
			"a.org/b/c: local/b/c/c.go -lang=go1.16\nmain: main.go -lang=go1.24"},
		{"replace by a module of the bundle", "higress", files{"go.mod": modFile + "replace x.org/sdk => github.com/higress-group/proxy-wasm-go-sdk v1.0.0\n",
			"main.go": "package main\nimport _ \"x.org/sdk/proxywasm\""},
			"main: main.go -lang=go1.24 x.org/sdk/proxywasm=>github.com/higress-group/proxy-wasm-go-sdk/proxywasm"},
		{"the oldest form of the SDK by the names in use", "tinygo", files{"go.mod": modFile, "main.go": "package main\nimport \"github.com/tetratelabs/proxy-wasm-go-sdk/proxywasm\"\nfunc main() { proxywasm.SetNewHttpContext(nil) }"},
			"main: main.go zz_proxyground_start.go -lang=go1.24 github.com/tetratelabs/proxy-wasm-go-sdk/proxywasm=>github.com/tetratelabs/proxy-wasm-go-sdk-legacy/proxywasm"},
		{"a replacement before the oldest form", "higress", files{"go.mod": modFile + "replace github.com/tetratelabs/proxy-wasm-go-sdk => github.com/higress-group/proxy-wasm-go-sdk v1.0.0\n",
			"main.go": "package main\nimport \"github.com/tetratelabs/proxy-wasm-go-sdk/proxywasm\"\nfunc main() { proxywasm.SetNewHttpContext(nil) }"},
			"main: main.go -lang=go1.24 github.com/tetratelabs/proxy-wasm-go-sdk/proxywasm=>github.com/higress-group/proxy-wasm-go-sdk/proxywasm"},
		{"the newer form", "tinygo", files{"go.mod": modFile, "main.go": "package main\nimport \"github.com/tetratelabs/proxy-wasm-go-sdk/proxywasm\"\nfunc main() { proxywasm.SetVMContext(nil) }"},
			"main: main.go zz_proxyground_start.go -lang=go1.24"},
		{"a go.mod without a version", "higress", files{"go.mod": "module a", "main.go": main}, "main: main.go -lang=go1.16"},

		{"no files", "higress", files{}, "go.mod:1:1 GO-NOFILES no Go files in the plugin's folder"},
		{"only tests", "higress", files{"a_test.go": "package a"}, "a_test.go:1:1 GO-NOFILES no non-test Go files in the folder"},
		{"all excluded", "higress", files{"a_linux.go": main}, "a_linux.go:1:1 GO-NOFILES build constraints exclude all Go files: a_linux.go"},
		{"a missing module", "higress", files{"main.go": "package main\n\nimport (\n\t\"github.com/a/b/c/d\"\n)\n"},
			"main.go:4:2 GO-MODULE module github.com/a/b is not in the tab's bundle: put its source under third_party/github.com/a/b, or use the build service"},
		{"a missing module that go.mod names", "higress", files{"go.mod": modFile + "require go.uber.org/zap v1.0.0\n", "main.go": "package main\nimport _ \"go.uber.org/zap/zapcore\"\n"},
			"main.go:2:10 GO-MODULE module go.uber.org/zap is not in the tab's bundle: put its source under third_party/go.uber.org/zap, or use the build service"},
		{"a missing package of a module of the bundle", "higress", files{"main.go": "package main\nimport _ \"github.com/higress-group/proxy-wasm-go-sdk/nope\"\n"},
			"main.go:2:10 GO-PACKAGE package github.com/higress-group/proxy-wasm-go-sdk/nope: module github.com/higress-group/proxy-wasm-go-sdk in the tab's bundle has no such package"},
		{"a missing package of the standard library", "higress", files{"main.go": "package main\nimport _ \"stringz\"\n"},
			"main.go:2:10 GO-STD package stringz is not in std, or not in the tab's bundle of it"},
		{"import paths that are folders", "higress", files{"go.mod": modFile, "main.go": "package main\nimport _ \"./a\"\nimport _ \"../a\"\nimport _ \"/a\"\n", "a/a.go": "package a\n"},
			"main.go:2:10 GO-RELATIVE \"./a\" is relative, but relative import paths are not supported in module mode\n" +
				"main.go:3:10 GO-RELATIVE \"../a\" is relative, but relative import paths are not supported in module mode\n" +
				"main.go:4:10 GO-RELATIVE cannot import absolute path \"/a\""},
		{"a missing folder", "higress", files{"main.go": "package main\nimport _ \"wasm-demo-go/a\"\n"},
			"main.go:2:10 GO-FOLDER package wasm-demo-go/a: the plugin has no folder a with Go files"},
		{"internal packages of others", "higress", files{"main.go": "package main\nimport _ \"internal/abi\"\nimport _ \"a.org/b/internal/c\"\n"},
			"main.go:2:10 GO-INTERNAL use of internal package internal/abi not allowed\nmain.go:3:10 GO-INTERNAL use of internal package a.org/b/internal/c not allowed"},
		{"a cycle", "higress", files{"main.go": "package main\nimport _ \"wasm-demo-go/a\"\n", "a/a.go": "package a\nimport _ \"wasm-demo-go/b\"\n", "b/b.go": "package b\nimport _ \"wasm-demo-go/a\"\n"},
			"b/b.go:2:10 GO-CYCLE import cycle not allowed"},
		{"a program that is imported", "higress", files{"main.go": "package main\nimport _ \"wasm-demo-go/a\"\n", "a/a.go": "package main\n"},
			"main.go:2:10 GO-PROGRAM import \"wasm-demo-go/a\" is a program, not an importable package"},
		{"cgo", "higress", files{"main.go": main, "c.go": "package main\n\n// int f();\nimport \"C\"\n"}, "c.go:4:8 GO-CGO import \"C\": cgo does not exist for wasm; write the function in Go"},
		{"cgo with a missing module and an internal package in the same file", "higress", files{"main.go": "package main\n\n// int f();\nimport \"C\"\nimport (\n\t\"fmt\"\n\t\"github.com/a/b\"\n\tx \"internal/abi\"\n)\n\nfunc main() { fmt.Println(C.f(), b.X, x.Y) }\n"},
			"main.go:4:8 GO-CGO import \"C\": cgo does not exist for wasm; write the function in Go\n" +
				"main.go:7:2 GO-MODULE module github.com/a/b is not in the tab's bundle: put its source under third_party/github.com/a/b, or use the build service\n" +
				"main.go:8:4 GO-INTERNAL use of internal package internal/abi not allowed"},
		{"cgo in a package below", "higress", files{"main.go": "package main\nimport \"wasm-demo-go/a\"\nfunc main() { a.F() }\n", "a/a.go": "package a\n\nimport \"C\"\n\nfunc F() {}\n"},
			"a/a.go:3:8 GO-CGO import \"C\": cgo does not exist for wasm; write the function in Go"},
		{"cgo behind its tag, and what stands in for it", "higress", files{"main.go": main, "c.go": "//go:build cgo\n\npackage main\n\nimport \"C\"\n", "d.go": "//go:build !cgo\n\npackage main\n"},
			"main: d.go main.go -lang=go1.24"},
		{"a missing module, an internal package, a missing folder and a cycle at once", "higress", files{"main.go": "package main\n\nimport (\n\t_ \"github.com/a/b\"\n\t_ \"internal/abi\"\n\t_ \"wasm-demo-go/none\"\n\t_ \"wasm-demo-go/a\"\n)\n", "a/a.go": "package a\nimport _ \"wasm-demo-go/a\"\n"},
			"a/a.go:2:10 GO-CYCLE import cycle not allowed\n" +
				"main.go:4:4 GO-MODULE module github.com/a/b is not in the tab's bundle: put its source under third_party/github.com/a/b, or use the build service\n" +
				"main.go:5:4 GO-INTERNAL use of internal package internal/abi not allowed\n" +
				"main.go:6:4 GO-FOLDER package wasm-demo-go/none: the plugin has no folder none with Go files"},
		{"assembly and C", "higress", files{"main.go": main, "a.s": "", "a_amd64.s": ""}, "a.s:1:1 GO-FOREIGN a.s: only Go sources can be compiled in the tab"},
		{"two packages in one folder", "higress", files{"a.go": "package main", "b.go": "// about b\npackage b"},
			"b.go:2:9 GO-NAMES found packages main (a.go) and b (b.go) in one folder: a folder holds one package"},
		{"a package that is not main", "higress", files{"a.go": "package plugin"}, "a.go:1:9 GO-NOTMAIN the plugin's package is called plugin: -buildmode=c-shared needs `package main`"},
		{"an import that does not parse", "higress", files{"main.go": "package main\nimport \"fmt\nfunc main() {}"}, "main.go:2:12 GO-SYNTAX newline in string"},
		{"a newer Go", "higress", files{"go.mod": "module a\ngo 1.99\n", "main.go": main}, "go.mod:2:1 GO-VERSION go.mod requires go >= 1.99 (running RUNNING)"},
		{"a replacement outside", "higress", files{"go.mod": "module a\ngo 1.24\nreplace b.org/c => ../c\n", "main.go": main},
			"go.mod:3:1 GO-OUTSIDE replacement directory ../c lies outside the plugin: put the sources into a folder of the plugin, e.g. ./third_party/b.org/c"},
		{"two SDKs", "higress", files{"main.go": "package main\nimport _ \"github.com/higress-group/proxy-wasm-go-sdk/proxywasm\"\nimport _ \"github.com/tetratelabs/proxy-wasm-go-sdk/proxywasm\"\n"},
			"main.go:3:10 GO-SDKS two SDKs in one plugin: github.com/higress-group/proxy-wasm-go-sdk and github.com/tetratelabs/proxy-wasm-go-sdk, and both answer the host's callbacks"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := loaded(t, c.sdk, c.sources)
			want := strings.ReplaceAll(c.want, "RUNNING", strings.Replace(p.index.GoVersion, "go", "go ", 1))
			if got := summary(p); got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

func TestEmbeds(t *testing.T) {
	sources := func(patterns string) files {
		return files{"main.go": "package main\n\nimport \"embed\"\n\n//go:embed " + patterns + "\nvar f embed.FS\n\nfunc main() {}\n",
			"a.txt": "a", "dir/b.txt": "b", "dir/.hidden": "h", "dir/_c/d.txt": "d", "dir/e/f.txt": "f", "other/go.mod": "module o", "other/g.txt": "g", "with space.txt": "s"}
	}
	for patterns, want := range map[string]string{
		"a.txt dir":          "a.txt dir/b.txt dir/e/f.txt",
		"all:dir":            "dir/.hidden dir/_c/d.txt dir/b.txt dir/e/f.txt",
		"dir/*":              "dir/.hidden dir/_c/d.txt dir/b.txt dir/e/f.txt",
		"*.txt":              "a.txt with space.txt",
		"\"with space.txt\"": "with space.txt",
		"nope.txt":           "main.go:5:12 GO-EMBED pattern nope.txt: no matching files found",
		"../a.txt":           "main.go:5:12 GO-EMBED pattern ../a.txt: invalid pattern syntax",
		"/a.txt":             "main.go:5:12 GO-EMBED pattern /a.txt: invalid pattern syntax",
		"a.txt [":            "main.go:5:18 GO-EMBED pattern [: invalid pattern syntax",
		"other":              "main.go:5:12 GO-EMBED pattern other: cannot embed directory other: in different module",
		"other/g.txt":        "main.go:5:12 GO-EMBED pattern other/g.txt: cannot embed file other/g.txt: in different module",
	} {
		p := loaded(t, "higress", sources(patterns))
		got := ""
		if len(p.Diagnostics) > 0 {
			got = summary(p)
		} else {
			got = strings.Join(sortedKeys(p.Packages[len(p.Packages)-1].Embed.Files), " ")
		}
		if got != want {
			t.Errorf("%s: got %s, want %s", patterns, got, want)
		}
	}
}

func TestAPluginsCopyOfAPackageThatTheSdkNeedsIsNotUsed(t *testing.T) {
	const gjson = "github.com/tidwall/gjson"
	sources := files{"go.mod": modFile, "main.go": "package main\nimport _ \"" + gjson + "\"\nimport _ \"github.com/higress-group/wasm-go/pkg/wrapper\"\nfunc main() {}\n",
		"vendor/" + gjson + "/gjson.go": "package gjson"}
	p := loaded(t, "higress", sources)
	if got := summary(p); got != "main: main.go -lang=go1.24" || len(p.Notes) != 1 || !strings.Contains(p.Notes[0], gjson) {
		t.Errorf("%s %v", got, p.Notes)
	}
	sources["main.go"] = "package main\nimport _ \"" + gjson + "\"\nfunc main() {}\n"
	if got := summary(loaded(t, "higress", sources)); !strings.HasPrefix(got, gjson+": vendor/") {
		t.Errorf("alone it is: %s", got)
	}
}

func TestOffersWhereAModuleMoved(t *testing.T) {
	p := loaded(t, "higress", files{"main.go": "package main\nimport _ \"github.com/alibaba/higress/plugins/wasm-go/pkg/wrapper\"\nfunc main() {}\n"})
	if len(p.Diagnostics) != 1 || len(p.Diagnostics[0].Fixes) != 1 || p.Diagnostics[0].Fixes[0].Edits[0].Text != `"github.com/higress-group/wasm-go/pkg/wrapper"` {
		t.Errorf("%+v", p.Diagnostics)
	}
}

func TestSaysWhichVersionsStandInForOthers(t *testing.T) {
	p := loaded(t, "higress", files{"go.mod": modFile + "require github.com/tidwall/gjson v1.17.0\n",
		"main.go": "package main\nimport _ \"github.com/tidwall/gjson\"\nfunc main() {}\n"})
	has := p.index.Modules["github.com/tidwall/gjson"].Version
	if notes := p.Plan().Notes; len(notes) != 1 || notes[0] != "go.mod requires github.com/tidwall/gjson v1.17.0; the tab's bundle has "+has {
		t.Errorf("%q", notes)
	}
}
