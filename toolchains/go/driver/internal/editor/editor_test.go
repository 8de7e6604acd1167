package editor

import (
	"strings"
	"testing"

	"proxyground.dev/driver/internal/check"
	"proxyground.dev/driver/internal/position"
	"proxyground.dev/driver/internal/protocol"
	"proxyground.dev/driver/internal/testbundle"
)

// at opens a session where the ‸ stands in main.go.
func at(t *testing.T, program string, repair bool) *Session {
	t.Helper()
	offset := strings.Index(program, "‸")
	if offset < 0 {
		t.Fatal("no ‸ in the program")
	}
	body := strings.Replace(program, "‸", "", 1)
	request := &protocol.Request{Sdk: "higress", At: position.New("main.go", body).Place(offset), Sources: map[string]string{
		"main.go": body,
		"kit/kit.go": "// Package kit is of the plugin.\npackage kit\n\n// Limit is how many.\nconst Limit = 10\n\n" +
			"// Count things.\nfunc Count(list []string, each func(string) bool) (n int, err error) { return 0, nil }\n",
	}}
	from := testbundle.Open(t)
	session, err := Open(check.New(from), from, request, repair)
	if err != nil {
		t.Fatal(err)
	}
	return session
}

func labels(c *protocol.Completion) []string {
	var list []string
	if c != nil {
		for _, item := range c.Items {
			list = append(list, item.Label)
		}
	}
	return list
}

const frame = `package main

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/higress-group/proxy-wasm-go-sdk/proxywasm/types"
)

type config struct {
	// MockEnable answers at once.
	MockEnable bool
	paths []string
	http.Header
}

func (c *config) allows(path string) bool { return c.MockEnable || len(c.paths) > 0 }

type handler struct {
	types.DefaultHttpContext
	config *config
}

func use(c config, h *handler, 名字 string) (int, error) {
	header := http.Header{}
	_ = header
	_, _ = fmt.Println, strings.ToUpper
%s
}

func main() {}
`

func TestCompletes(t *testing.T) {
	for _, c := range []struct {
		name, body string
		// first are the labels at the beginning, in that order; some must be there; none must not.
		first, some, none string
	}{
		{"fields and methods, promoted ones after the own", "\tc.‸", "Header MockEnable allows paths", "Get Set", "config fmt"},
		{"behind a prefix", "\tc.Mo‸\n\treturn 0, nil", "MockEnable", "", "Get"},
		{"before a statement", "\tc.‸\n\treturn 0, nil", "Header MockEnable", "Get", ""},
		{"in the arguments of an open call", "\tfmt.Println(c.‸", "Header MockEnable allows paths", "", ""},
		{"in the head of an if without a block", "\tif c.‸\n\treturn 0, nil", "MockEnable allows", "", ""},
		{"members through a pointer and embedding", "\th.config.‸", "Header MockEnable", "", ""},
		{"methods of an embedded type of the SDK", "\th.OnHttpRequestH‸", "OnHttpRequestHeaders", "", ""},
		{"of a package", "\tstrings.Spl‸", "Split SplitAfter SplitAfterN SplitAfterSeq SplitN SplitSeq", "", "ToUpper"},
		{"of a package in upper case for lower", "\tstrings.toup‸", "ToUpper", "", ""},
		{"of a package that is not imported", "\tjson.Mar‸", "Marshal MarshalIndent", "", ""},
		{"of a package of the plugin that is not imported", "\tkit.‸", "Count Limit", "", ""},
		{"names in scope by their first letters", "\the‸", "header", "", ""},
		{"names of the package and keywords", "\tret‸", "return", "", ""},
		{"what fits the expected type first", "\tc.MockEnable = ‸", "", "c h header 名字 true", ""},
		{"arguments by the parameter's type", "\tstrings.ToUpper(‸)", "名字", "", ""},
		{"fields of a struct's literal that are not set", "\t_ = config{MockEnable: true, ‸}", "Header paths", "", "MockEnable"},
		{"values of a field by its type", "\t_ = config{MockEnable: ‸}", "", "true false", ""},
		{"packages to import by name", "\tbas‸", "base64", "", ""},
		{"the function that a parameter asks for", "\tstrings.Map(‸, \"\")", "func(p0 rune) rune {…}", "", ""},
		{"names that hold such a function", "\tmapping := func(r rune) rune { return r }\n\tstrings.Map(ma‸, \"\")", "mapping", "", ""},
		{"chinese names", "\t_ = 名‸", "名字", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := labels(at(t, strings.Replace(frame, "%s", c.body, 1), true).Complete())
			if !strings.HasPrefix(strings.Join(got, " ")+" ", c.first+" ") && c.first != "" {
				t.Errorf("got %.400v, want %s first", got, c.first)
			}
			for _, label := range strings.Fields(c.some) {
				if !has(got, label) {
					t.Errorf("%s is not among %.600v", label, got)
				}
			}
			for _, label := range strings.Fields(c.none) {
				if has(got, label) {
					t.Errorf("%s is among %.400v", label, got)
				}
			}
		})
	}
}

func has(list []string, label string) bool {
	for _, other := range list {
		if other == label {
			return true
		}
	}
	return false
}

func TestCompletesNothingWhereNothingIsMeant(t *testing.T) {
	for _, body := range []string{
		"\t// c.‸", "\t_ = \"c.‸\"", "\tvar ne‸ int", "\t_ = 12‸", "/* a ‸ */",
	} {
		if got := labels(at(t, strings.Replace(frame, "%s", body, 1), true).Complete()); len(got) > 0 {
			t.Errorf("%s: %.200v", body, got)
		}
	}
}

func TestCompletesTopLevelAndImports(t *testing.T) {
	got := labels(at(t, "package main\n\nfu‸\n\nfunc main() {}\n", true).Complete())
	if !has(got, "func") {
		t.Errorf("no func among %v", got)
	}
	got = labels(at(t, "package main\n\nimport \"encoding/js‸\"\n\nfunc main() {}\n", true).Complete())
	if len(got) == 0 || got[0] != "encoding/json" {
		t.Errorf("import: %v", got)
	}
	got = labels(at(t, "package main\n\nimport (\n\t\"fmt\"\n\t\"proxywasm‸\"\n)\n\nfunc main() {}\n", true).Complete())
	if !has(got, "github.com/higress-group/proxy-wasm-go-sdk/proxywasm") || has(got, "github.com/tetratelabs/proxy-wasm-go-sdk/proxywasm") {
		t.Errorf("import: %v", got)
	}
}

func TestOffersTheHandlersThatAnOptionOfTheWrapperAsksFor(t *testing.T) {
	const program = `package main

import (
	"github.com/higress-group/proxy-wasm-go-sdk/proxywasm/types"
	"github.com/higress-group/wasm-go/pkg/log"
	"github.com/higress-group/wasm-go/pkg/wrapper"
	"github.com/tidwall/gjson"
)

type config struct{}

func other(a int) {}

func parseConfig(json gjson.Result, c *config, log log.Log) error { return nil }

func onHttpRequestHeaders(ctx wrapper.HttpContext, c config, log log.Log) types.Action { return types.ActionContinue }

func init() {
	wrapper.SetCtx("p", wrapper.%s(‸))
}

func main() {}
`
	for option, want := range map[string]string{"ParseConfigBy": "parseConfig", "ProcessRequestHeadersBy": "onHttpRequestHeaders"} {
		c := at(t, strings.Replace(program, "%s", option, 1), true).Complete()
		if c == nil || c.Items[0].Label != want || c.Items[0].Snippet {
			t.Errorf("%s: %+v", option, c.Items[:3])
		}
	}
}

func TestAnItemSaysWhatItIs(t *testing.T) {
	c := at(t, strings.Replace(frame, "%s", "\tkit.Cou‸", 1), true).Complete()
	want := protocol.Item{Label: "Count", Kind: "function", Detail: "(list []string, each func(string) bool) (n int, err error)",
		Insert: "Count(${1:list}, ${2:each})$0", Snippet: true, AddImport: "wasm-demo-go/kit", Documentation: "Count things."}
	if len(c.Items) != 1 || c.Items[0] != want {
		t.Errorf("got  %+v\nwant %+v", c.Items, want)
	}
	c = at(t, strings.Replace(frame, "%s", "\tstrings.Repe‸(", 1), true).Complete()
	if len(c.Items) == 0 || c.Items[0].Snippet || c.Items[0].Insert != "Repeat" || !strings.HasPrefix(c.Items[0].Documentation, "Repeat returns") {
		t.Errorf("got %+v", c.Items)
	}
}

func TestHovers(t *testing.T) {
	for _, c := range []struct{ body, code, documentation string }{
		{"\tc.Mock‸Enable = true", "field MockEnable bool", "MockEnable answers at once."},
		{"\tstrings.Rep‸eat(\"\", 1)", "func strings.Repeat(s string, count int) string", "Repeat returns a new string"},
		{"\tstr‸ings.Repeat(\"\", 1)", "package strings // import \"strings\"", "Package strings"},
		{"\tc.G‸et(\"a\")", "func (http.Header).Get(key string) string", "Get gets the first value"},
		{"\th‸.config = nil", "var h *handler", ""},
		{"\t_ = con‸fig{}", "type config struct {\n\tMockEnable bool\n\tpaths []string\n\thttp.Header\n}", ""},
		{"\t_ = le‸n(名字)", "func len(v Type) int", ""},
		{"\t_ = http.Status‸OK", "const http.StatusOK untyped int = 200", ""},
		{"\t_ = types.Action‸Continue", "const types.ActionContinue types.Action", ""},
	} {
		h := at(t, strings.Replace(frame, "%s", c.body, 1), false).Hover()
		if h == nil || !strings.HasPrefix(h.Code, c.code) || !strings.HasPrefix(h.Documentation, c.documentation) {
			t.Errorf("%s: %+v", c.body, h)
		}
	}
	if h := at(t, strings.Replace(frame, "%s", "\t‸ // nothing", 1), false).Hover(); h != nil {
		t.Errorf("nothing: %+v", h)
	}
}

func TestFindsDefinitions(t *testing.T) {
	for _, c := range []struct{ body, file, path, line string }{
		{"\tc.all‸ows(\"\")", "main.go", "", "func (c *config) allows"},
		{"\t_ = 名‸字", "main.go", "", "func use("},
		{"\tstrings.Repe‸at(\"\", 1)", "strings.go", "strings", ""},
		{"\tc.Ge‸t(\"a\")", "header.go", "net/http", ""},
		{"\th.OnHttpRequest‸Headers(0, true)", "defaults.go", "github.com/higress-group/proxy-wasm-go-sdk/proxywasm/types", ""},
	} {
		d := at(t, strings.Replace(frame, "%s", c.body, 1), false).Definition()
		if d == nil || d.Range.File != c.file || d.ImportPath != c.path || d.Range.Line < 2 {
			t.Errorf("%s: %+v", c.body, d)
			continue
		}
		if c.path == "" && !strings.HasPrefix(strings.Split(frame, "\n")[d.Range.Line-1], c.line) {
			t.Errorf("%s leads to line %d", c.body, d.Range.Line)
		}
	}
	d := at(t, strings.Replace(frame, `"net/http"`, `"net/h‸ttp"`, 1), false).Definition()
	if d == nil || d.ImportPath != "net/http" {
		t.Errorf("import: %+v", d)
	}
}

func TestTellsTheSignature(t *testing.T) {
	for _, c := range []struct {
		body, label string
		active      int
	}{
		{"\tstrings.Repeat(‸)", "Repeat(s string, count int) string", 0},
		{"\tstrings.Repeat(\"a\", ‸", "Repeat(s string, count int) string", 1},
		{"\tstrings.Repeat(strings.ToUpper(‸", "ToUpper(s string) string", 0},
		{"\tfmt.Println(1, 2, 3‸", "Println(a ...any) (n int, err error)", 0},
		{"\tc.allows(‸)", "allows(path string) bool", 0},
		{"\tappend(c.paths, ‸)", "append(slice []Type, elems ...Type) []Type", 1},
		{"\tfunc(f func(int, string)) {}(‸)", "func(f func(int, string))", 0},
	} {
		s := at(t, strings.Replace(frame, "%s", c.body, 1), true).Signature()
		if s == nil || s.Label != c.label || s.Active != c.active {
			t.Errorf("%s: %+v", c.body, s)
			continue
		}
		for _, parameter := range s.Parameters {
			if !strings.Contains(s.Label, parameter) {
				t.Errorf("%q is not in %q", parameter, s.Label)
			}
		}
	}
	if s := at(t, strings.Replace(frame, "%s", "\t_ = 1‸", 1), true).Signature(); s != nil {
		t.Errorf("no call: %+v", s)
	}
}
