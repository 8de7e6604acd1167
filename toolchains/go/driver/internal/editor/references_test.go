package editor

import (
	"fmt"
	"go/format"
	"sort"
	"strings"
	"testing"

	"proxyground.dev/driver/internal/check"
	"proxyground.dev/driver/internal/position"
	"proxyground.dev/driver/internal/protocol"
	"proxyground.dev/driver/internal/testbundle"
)

// A plugin of two packages; a test puts the ‸ behind a name.
var plugin = map[string]string{
	"go.mod": "module demo\n\ngo 1.24\n",
	"main.go": `package main

import (
	"fmt"

	"demo/kit"
)

type base struct{ 名字 string }

type config struct {
	*base
	limit int
	list  kit.List[string]
}

func (c *config) greet() string { return c.base.名字 + c.名字 }

type greeter interface{ greet() string }

func describe(v any) string {
	switch x := v.(type) {
	case int:
		return fmt.Sprint(x + kit.Limit)
	case string:
		return x
	}
	return ""
}

func main() {
	c := &config{base: &base{"世界"}, limit: kit.Limit}
	var g greeter = c
	limit := c.limit
	fmt.Println(g.greet(), limit, describe(limit), c.list.Add("x"))
}
`,
	"more.go": `package main

import kept "demo/kit"

func other(c *config) int {
again:
	for c.limit > kept.Limit {
		continue again
	}
	return c.limit
}
`,
	"kit/kit.go": `// Package kit is of the plugin.
package kit

// Limit is how many.
const Limit = 10

type List[T any] struct{ all []T }

// Add one.
func (l *List[T]) Add(one T) int { l.all = append(l.all, one); return len(l.all) }

type Base struct{}

func (Base) Close() {}

type Special struct{ Base }

func (Special) Close() {}

func (Special) Open() {}
`,
}

// asked opens a session behind the first place of file that has around, whose ‸ is taken out.
func asked(t *testing.T, file, around string) (*Session, *protocol.Request) {
	t.Helper()
	text := strings.Replace(around, "‸", "", 1)
	at := strings.Index(plugin[file], text)
	if at < 0 {
		t.Fatalf("%s has no %q", file, text)
	}
	place := position.New(file, plugin[file]).Place(at + strings.Index(around, "‸"))
	request := &protocol.Request{Sdk: "higress", At: place, Sources: plugin}
	from := testbundle.Open(t)
	session, err := Open(check.New(from), from, request, false)
	if err != nil {
		t.Fatal(err)
	}
	return session, request
}

func TestFindsReferences(t *testing.T) {
	for _, c := range []struct{ name, file, around, places string }{
		{"a constant of another package, from its declaration", "kit/kit.go", "Li‸mit = 10", "kit/kit.go:5 declares, main.go:24, main.go:32, more.go:7"},
		{"and from a use", "more.go", "kept.Limit‸", "kit/kit.go:5 declares, main.go:24, main.go:32, more.go:7"},
		{"a field, not the local variable of its name", "main.go", "\tlimit‸ int", "main.go:13 declares, main.go:32, main.go:34, more.go:10, more.go:7"},
		{"a method of an instance of a generic type", "main.go", "Add‸(", "kit/kit.go:10 declares, main.go:35"},
		{"the variable of a type switch", "main.go", "x‸ + kit", "main.go:22 declares, main.go:24, main.go:26"},
		{"a type with the field that embeds it", "main.go", "type base‸", "main.go:12 declares, main.go:17, main.go:32, main.go:32, main.go:9 declares"},
		{"a label", "more.go", "again‸:", "more.go:6 declares, more.go:8"},
		{"a function of the standard library", "main.go", "fmt.Sprint‸", "main.go:24"},
		{"an import", "more.go", "kept‸ \"", "more.go:3 declares, more.go:7"},
		{"nothing", "main.go", "// ‸", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.places == "" {
				plugin["main.go"] += "\n// \n"
			}
			session, _ := asked(t, c.file, c.around)
			var places []string
			if answer := session.References(); answer != nil {
				for _, place := range answer.Places {
					said := fmt.Sprintf("%s:%d", place.File, place.Line)
					if place.Declares {
						said += " declares"
					}
					places = append(places, said)
				}
			}
			sort.Strings(places)
			if got := strings.Join(places, ", "); got != c.places {
				t.Errorf("got %s\nwant %s", got, c.places)
			}
		})
	}
}

// applied edits, the last first so that the places of the others hold.
func applied(edits []protocol.Edit) map[string]string {
	texts := map[string]string{}
	for name, body := range plugin {
		texts[name] = body
	}
	for i := len(edits) - 1; i >= 0; i-- {
		e := edits[i]
		text := position.New(e.File, texts[e.File])
		start := text.Offset(e.Place)
		end := text.Offset(protocol.Place{Line: e.EndLine, Column: e.EndColumn})
		texts[e.File] = texts[e.File][:start] + e.Text + texts[e.File][end:]
	}
	return texts
}

func TestRenames(t *testing.T) {
	for _, c := range []struct{ name, file, around, to, file2, has string }{
		{"in all files and packages", "kit/kit.go", "Limit‸ = 10", "Most", "more.go", "c.limit > kept.Most"},
		{"a type and the fields that embed it", "main.go", "type base‸", "根", "main.go", "&config{根: &根{\"世界\"}, limit"},
		{"a field behind Chinese letters", "main.go", "名字‸ string", "title", "main.go", "return c.base.title + c.title"},
		{"a variable of a type switch", "main.go", "switch x‸", "value", "main.go", "return fmt.Sprint(value + kit.Limit)"},
		{"an import that has a name", "more.go", "kept‸.", "kit", "more.go", "import kit \"demo/kit\""},
	} {
		t.Run(c.name, func(t *testing.T) {
			session, request := asked(t, c.file, c.around)
			request.To = c.to
			answer, err := session.Rename(request)
			renaming, ok := answer.(protocol.Renaming)
			if err != nil || !ok {
				t.Fatalf("got %+v, %v", answer, err)
			}
			texts := applied(renaming.Edits)
			if !strings.Contains(texts[c.file2], c.has) {
				t.Errorf("got %s", texts[c.file2])
			}
			if _, err := format.Source([]byte(texts[c.file2])); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestRefusesToRename(t *testing.T) {
	for _, c := range []struct{ name, file, around, to, reason, message string }{
		{"what is not the plugin's", "main.go", "fmt.Sprint‸", "Print", protocol.NotOwn, ""},
		{"a package that is imported by its own name", "main.go", "kit‸.Limit", "k", protocol.NotOwn, ""},
		{"to what is no name", "main.go", "type base‸", "a b", protocol.NoName, ""},
		{"to a keyword", "main.go", "type base‸", "type", protocol.NoName, ""},
		{"to a name that is taken", "main.go", "type base‸", "config", protocol.DoesNotCompile, "config redeclared"},
		{"to a name that another package may not use", "kit/kit.go", "Limit‸ = 10", "limit", protocol.DoesNotCompile, "not exported"},
		{"a method that an interface needs", "main.go", ") greet‸() string {", "hello", protocol.DoesNotCompile, "missing method greet"},
		{"a variable that would hide another", "main.go", "\tlimit‸ := ", "describe", protocol.DoesNotCompile, "describe"},
		{"a method that stands before an embedded one", "kit/kit.go", "(Special) Close‸", "Shut", protocol.MeansElse, ""},
		{"a method that would stand before an embedded one", "kit/kit.go", "(Special) Open‸", "Close", protocol.MeansElse, ""},
		{"a function to init, which is run", "more.go", "func other‸", "init", protocol.DoesNotCompile, "func init must have no arguments"},
	} {
		t.Run(c.name, func(t *testing.T) {
			session, request := asked(t, c.file, c.around)
			request.To = c.to
			answer, err := session.Rename(request)
			refused, ok := answer.(protocol.Refusal)
			if err != nil || !ok || refused.Reason != c.reason || !strings.Contains(refused.Message, c.message) {
				t.Errorf("got %+v, %v", answer, err)
			}
		})
	}
}

func TestOutlines(t *testing.T) {
	from := testbundle.Open(t)
	outline := Outline(check.New(from).Parse(position.New("main.go", plugin["main.go"])))
	var said []string
	for _, item := range outline.Items {
		line := item.Label + " " + item.Kind + " " + item.Detail
		for _, child := range item.Children {
			line += " [" + child.Label + " " + child.Detail + "]"
		}
		said = append(said, line)
	}
	want := []string{
		"base type struct [名字 string]",
		"config type struct [base *base] [limit int] [list kit.List[string]]",
		"(*config).greet method () string",
		"greeter interface interface [greet () string]",
		"describe function (v any) string",
		"main function ()",
	}
	if strings.Join(said, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s", strings.Join(said, "\n"))
	}
}
