package check

import (
	"testing"

	"proxyground.dev/driver/internal/bundle"
	"proxyground.dev/driver/internal/project"
	"proxyground.dev/driver/internal/testbundle"
)

func checkSources(t *testing.T, from *bundle.Bundle, sdk string, sources map[string]string) *Result {
	t.Helper()
	p, err := project.Load(sdk, sources, from)
	if err != nil {
		t.Fatal(err)
	}
	return New(from).Check(p)
}

func projectLoad(from *bundle.Bundle, sources map[string]string) (*project.Project, error) {
	return project.Load("higress", sources, from)
}

// The same sources under another SDK are another program: a checker that is warm must not answer what it found before.
func TestChecksAgainWhenTheSdkChanges(t *testing.T) {
	from := testbundle.Open(t)
	checker := New(from)
	sources := map[string]string{
		"go.mod": "module demo\n\ngo 1.24\n",
		"main.go": "package main\n\nimport (\n\t\"github.com/tetratelabs/proxy-wasm-go-sdk/proxywasm\"\n" +
			"\t\"github.com/tetratelabs/proxy-wasm-go-sdk/proxywasm/types\"\n)\n\n" +
			"func main() { proxywasm.SetVMContext(&types.DefaultVMContext{}) }\n",
	}
	for _, c := range []struct {
		sdk      string
		warnings int
	}{{"proxy-wasm", 1}, {"tinygo", 0}, {"proxy-wasm", 1}} {
		p, err := project.Load(c.sdk, sources, from)
		if err != nil {
			t.Fatal(err)
		}
		if found := checker.Check(p).Diagnostics; len(found) != c.warnings {
			t.Errorf("%s: %+v", c.sdk, found)
		}
	}
}
