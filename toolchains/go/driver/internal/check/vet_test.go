package check

import (
	"fmt"
	"strings"
	"testing"

	"proxyground.dev/driver/internal/testbundle"
)

// What `go vet` warns of, of the standard library and of the SDK's own functions; an error of types comes before it.
func TestWarnsOfWhatVetFinds(t *testing.T) {
	bundle := testbundle.Open(t)
	for _, c := range []struct{ name, imports, body, want string }{
		{"a verb of another type", `"fmt"`, `func f() string { return fmt.Sprintf("%d 个", "x") }`,
			"vet/printf fmt.Sprintf format %d has arg \"x\" of wrong type string"},
		{"an argument too few for the SDK", `"github.com/higress-group/proxy-wasm-go-sdk/proxywasm"`, `func f() { proxywasm.LogInfof("%s of %d", "a") }`,
			"vet/printf github.com/higress-group/proxy-wasm-go-sdk/proxywasm.LogInfof format %d reads arg #2, but call has 1 arg"},
		{"a logger of the wrapper", `"github.com/higress-group/wasm-go/pkg/log"`, `func f(l log.Log) { log.Warnf("%d", "a"); l.Errorf("%z", 1) }`,
			"vet/printf github.com/higress-group/wasm-go/pkg/log.Warnf format %d has arg \"a\" of wrong type string\n" +
				"vet/printf (github.com/higress-group/wasm-go/pkg/log.Log).Errorf format %z has unknown verb z"},
		{"a result that nobody uses", `"strings"; "fmt"`, `func f() { fmt.Sprint(strings.ToUpper("a")) }`, "vet/unusedresult result of fmt.Sprint call not used"},
		{"a copied lock", `"sync"`, `func f(m sync.Mutex) { m.Lock() }`, "vet/copylocks f passes lock by value: sync.Mutex"},
		{"what is never reached", ``, `func f() int { return 1; println(2); return 3 }`, "vet/unreachable unreachable code"},
		{"a tag that is no tag", ``, "type config struct { Name string `json:name` }", "vet/structtag struct field tag `json:name` not compatible with reflect.StructTag.Get: bad syntax for struct tag value"},
		{"an assignment to itself", ``, `func f(a int) { a = a; println(a) }`, "vet/assign self-assignment of a"},
		{"a number as text", ``, `func f(n int) string { return string(n) }`, "vet/stringintconv conversion from int to string yields a string of one rune, not a string of digits"},
		{"a target that is no error", `"errors"`, `func f(err error) bool { return errors.As(err, 1) }`,
			"vet/errorsas second argument to errors.As must be a non-nil pointer to either a type that implements error, or to any interface type"},
		{"nothing", `"fmt"`, `func f() { fmt.Printf("%s %d %v", "a", 1, nil) }`, ""},
		{"an error of types, alone", `"fmt"`, `func f() string { return fmt.Sprintf("%d", "x") + 1 }`, "MismatchedTypes"},
	} {
		t.Run(c.name, func(t *testing.T) {
			source := "package main\n\nimport (\n\t_ \"embed\"\n" + c.imports + "\n)\n\nfunc main() {}\n\n" + c.body + "\n"
			result := checkSources(t, bundle, "higress", map[string]string{"main.go": source, "go.mod": "module vetted\n\ngo 1.24\n"})
			var got []string
			for _, d := range result.Diagnostics {
				got = append(got, fmt.Sprintf("%s %s", d.Code, d.Message))
			}
			text := strings.Join(got, "\n")
			if text != c.want && (c.want == "" || strings.Contains(c.want, " ") || !strings.HasPrefix(text, c.want)) {
				t.Errorf("got\n%s\nwant\n%s", text, c.want)
			}
		})
	}
}
