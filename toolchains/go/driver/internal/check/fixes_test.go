package check

import (
	"sort"
	"strings"
	"testing"

	"proxyground.dev/driver/internal/position"
	"proxyground.dev/driver/internal/protocol"
	"proxyground.dev/driver/internal/testbundle"
)

// applied makes the edits of a fix, the last first.
func applied(text *position.Text, fix protocol.Fix) string {
	edits := append([]protocol.Edit{}, fix.Edits...)
	sort.Slice(edits, func(i, j int) bool { return text.Offset(edits[i].Place) > text.Offset(edits[j].Place) })
	body := text.Body
	for _, edit := range edits {
		body = apply(position.New(text.File, body), edit)
	}
	return body
}

func TestFixesRepair(t *testing.T) {
	from := testbundle.Open(t)
	for _, c := range []struct{ name, kind, before, after string }{
		{"a missing import, no other", protocol.AddImport,
			"package main\n\nfunc main() { println(strings.ToUpper(\"a\")) }\n",
			"package main\n\nimport \"strings\"\n\nfunc main() { println(strings.ToUpper(\"a\")) }\n"},
		{"a missing import beside one", protocol.AddImport,
			"package main\n\nimport \"strings\"\n\nfunc main() { println(strings.ToUpper(fmt.Sprint())) }\n",
			"package main\n\nimport (\n\t\"fmt\"\n\t\"strings\"\n)\n\nfunc main() { println(strings.ToUpper(fmt.Sprint())) }\n"},
		{"a missing import into a group, sorted", protocol.AddImport,
			"package main\n\nimport (\n\t\"fmt\"\n\n\t\"github.com/tidwall/gjson\"\n)\n\nfunc main() { fmt.Println(gjson.Parse(\"\"), strings.ToUpper(\"\")) }\n",
			"package main\n\nimport (\n\t\"fmt\"\n\t\"strings\"\n\n\t\"github.com/tidwall/gjson\"\n)\n\nfunc main() { fmt.Println(gjson.Parse(\"\"), strings.ToUpper(\"\")) }\n"},
		{"a missing import of the SDK in use", protocol.AddImport,
			"package main\n\nimport (\n\t\"fmt\"\n)\n\nfunc main() { fmt.Println(proxywasm.GetHttpRequestHeader(\"a\")) }\n",
			"package main\n\nimport (\n\t\"fmt\"\n\n\t\"github.com/higress-group/proxy-wasm-go-sdk/proxywasm\"\n)\n\nfunc main() { fmt.Println(proxywasm.GetHttpRequestHeader(\"a\")) }\n"},
		{"an unused import of a group", protocol.RemoveImport,
			"package main\n\nimport (\n\t\"fmt\"\n\t\"os\" // not needed\n)\n\nfunc main() { fmt.Println() }\n",
			"package main\n\nimport (\n\t\"fmt\"\n)\n\nfunc main() { fmt.Println() }\n"},
		{"an unused import alone", protocol.RemoveImport,
			"package main\n\nimport \"fmt\"\n\nfunc main() {}\n", "package main\n\n\nfunc main() {}\n"},
		{"an unused variable", protocol.RemoveVariable,
			"package main\n\nfunc main() {\n\tx := len(\"a\")\n}\n", "package main\n\nfunc main() {\n\t_ = len(\"a\")\n}\n"},
		{"an unused variable beside a new one", protocol.RemoveVariable,
			"package main\n\nfunc main() {\n\tx, y := 1, 2\n\t_ = y\n}\n", "package main\n\nfunc main() {\n\t_, y := 1, 2\n\t_ = y\n}\n"},
		{"an unused declared variable", protocol.RemoveVariable,
			"package main\n\nfunc main() {\n\tvar x int = 1\n}\n", "package main\n\nfunc main() {\n\tvar _ int = 1\n}\n"},
		{"a slip in a name", protocol.UseName,
			"package main\n\nfunc greet() {}\n\nfunc main() { great() }\n", "package main\n\nfunc greet() {}\n\nfunc main() { greet() }\n"},
		{"another case of a member", protocol.UseName,
			"package main\n\nimport \"fmt\"\n\nfunc main() { fmt.println() }\n", "package main\n\nimport \"fmt\"\n\nfunc main() { fmt.Println() }\n"},
		{"a slip in a field", protocol.UseName,
			"package main\n\nfunc main() {\n\tvar c struct{ mockEnable bool }\n\tc.mockEnabel = true\n}\n", "package main\n\nfunc main() {\n\tvar c struct{ mockEnable bool }\n\tc.mockEnable = true\n}\n"},
		{"a missing brace before the next function", protocol.AddBrace,
			"package main\n\nfunc a() int {\n\tif true {\n\t\treturn 1\n\t}\n\treturn 2\n\n// b is next.\nfunc b() {}\n\nfunc main() {}\n",
			"package main\n\nfunc a() int {\n\tif true {\n\t\treturn 1\n\t}\n\treturn 2\n}\n\n// b is next.\nfunc b() {}\n\nfunc main() {}\n"},
		{"a missing brace at the end", protocol.AddBrace,
			"package main\n\nfunc main() {\n\tprintln()\n", "package main\n\nfunc main() {\n\tprintln()\n}\n"},
		{"no main", protocol.AddMain, "package main\n\nfunc init() {}\n", "package main\n\nfunc init() {}\n\nfunc main() {}\n"},
		{"registered in main", protocol.MoveToInit,
			"package main\n\nimport \"github.com/higress-group/proxy-wasm-go-sdk/proxywasm\"\n\nfunc main() {\n\tproxywasm.SetVMContext(nil)\n}\n",
			"package main\n\nimport \"github.com/higress-group/proxy-wasm-go-sdk/proxywasm\"\n\nfunc init() {\n\tproxywasm.SetVMContext(nil)\n}\n\nfunc main() {}\n"},
		{"another package name", protocol.UseName, "package plugin\n\nfunc main() {}\n", "package main\n\nfunc main() {}\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			result := checkSources(t, from, "higress", map[string]string{"main.go": c.before})
			if len(result.Diagnostics) == 0 || len(result.Diagnostics[0].Fixes) == 0 {
				t.Fatalf("no fix: %+v", result.Diagnostics)
			}
			fix := result.Diagnostics[0].Fixes[0]
			after := applied(position.New("main.go", c.before), fix)
			if fix.Kind != c.kind || after != c.after {
				t.Errorf("%s %s:\n%s\nwant\n%s", fix.Kind, fix.Subject, after, c.after)
			}
			if again := checkSources(t, from, "higress", map[string]string{"main.go": after}); len(again.Diagnostics) > 0 {
				t.Errorf("still: %+v", again.Diagnostics)
			}
		})
	}
}

func TestNoFixWhereNothingIsSure(t *testing.T) {
	from := testbundle.Open(t)
	for _, program := range []string{
		"package main\n\nfunc main() { xyz() }\n",
		"package main\n\nfunc main( {\n}\n",
		"package main\n\nfunc main() { nopackage.Call() }\n",
	} {
		result := checkSources(t, from, "higress", map[string]string{"main.go": program})
		for _, d := range result.Diagnostics {
			if len(d.Fixes) > 0 {
				t.Errorf("%q: %+v", program, d)
			}
		}
		if len(result.Diagnostics) == 0 {
			t.Errorf("%q: nothing wrong", program)
		}
	}
}

func TestRunsMainOnlyForTinyGo(t *testing.T) {
	from := testbundle.Open(t)
	program := map[string]string{"main.go": "package main\n\nimport \"github.com/tetratelabs/proxy-wasm-go-sdk/proxywasm\"\n\nfunc main() { proxywasm.SetVMContext(nil) }\n"}
	if d := checkSources(t, from, "tinygo", program).Diagnostics; len(d) > 0 {
		t.Errorf("tinygo: %+v", d)
	}
	d := checkSources(t, from, "proxy-wasm", program).Diagnostics
	if len(d) != 1 || d[0].Code != "GO-MAIN" || d[0].Severity != protocol.Warning || !strings.Contains(d[0].Message, "never runs") {
		t.Errorf("proxy-wasm: %+v", d)
	}
}

func TestChecksAgainOnlyWhatChanged(t *testing.T) {
	from := testbundle.Open(t)
	sources := map[string]string{
		"main.go": "package main\n\nimport \"wasm-demo-go/a\"\n\nfunc main() { println(a.X) }\n",
		"a/a.go":  "package a\n\nconst X = 1\n",
	}
	c := New(from)
	check := func() *Result {
		p, err := projectLoad(from, sources)
		if err != nil {
			t.Fatal(err)
		}
		return c.Check(p)
	}
	first := check()
	if again := check(); again.Packages["wasm-demo-go"] != first.Packages["wasm-demo-go"] {
		t.Error("nothing changed, and main was checked again")
	}
	sources["main.go"] += "\nvar y int = \"\"\n"
	second := check()
	if second.Packages["wasm-demo-go/a"] != first.Packages["wasm-demo-go/a"] || len(second.Diagnostics) != 1 {
		t.Errorf("a was checked again, or main was not: %+v", second.Diagnostics)
	}
	sources["a/a.go"] = "package a\n\nconst Y = 1\n"
	if third := check(); len(third.Diagnostics) != 2 {
		t.Errorf("main was not checked against the new a: %+v", third.Diagnostics)
	}
	sources["a/a.go"] = "package a\n\nconst X = 1\n"
	delete(sources, "main.go")
	sources["b.go"] = "package main\n\nimport _ \"wasm-demo-go/a\"\n\nfunc main() {}\n"
	if fourth := check(); len(fourth.Diagnostics) != 0 {
		t.Errorf("%+v", fourth.Diagnostics)
	}
}
