package project

import (
	"bytes"
	"encoding/hex"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// The build information and the GODEBUG defaults of a plugin are those that `go build` puts into it.
func TestWritesTheBuildInformationThatGoBuildWrites(t *testing.T) {
	sources := files{
		"go.mod":         "module example.com/plugin\n\ngo 1.22\n\ngodebug panicnil=1\n\nrequire a.org/b v1.2.3\n\nreplace a.org/b => ./third/b\n",
		"main.go":        "//go:debug tarinsecurepath=0\npackage main\n\nimport \"a.org/b\"\n\nfunc main() { b.F() }\n",
		"third/b/b.go":   "package b\n\nfunc F() {}\n",
		"third/b/go.mod": "module a.org/b\n\ngo 1.21\n",
	}
	dir := t.TempDir()
	for name, text := range sources {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	command := exec.Command("go", "build", "-p", "1", "-trimpath", "-buildmode=c-shared", "-o", "plugin.wasm", ".")
	command.Dir = dir
	command.Env = append(os.Environ(), "GOOS=wasip1", "GOARCH=wasm", "GOFLAGS=-buildvcs=false", "GOWORK=off", "GOPROXY=off")
	if output, err := command.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
	wasm, err := os.ReadFile(filepath.Join(dir, "plugin.wasm"))
	if err != nil {
		t.Fatal(err)
	}
	plan := loaded(t, "higress", sources).Plan()
	quoted, _ := strings.CutPrefix(plan.Link.Modinfo, "modinfo ")
	modinfo, err := strconv.Unquote(quoted)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(wasm, []byte(modinfo)) {
		t.Errorf("go build wrote\n%s\nthe plan says\n%s", written(wasm), modinfo[16:len(modinfo)-16])
	}
	godebug, _ := strings.CutPrefix(plan.Link.Flags[0], "-X=runtime.godebugDefault=")
	if !strings.Contains(godebug, "panicnil=1") || !bytes.Contains(wasm, []byte(godebug)) {
		t.Errorf("godebug %q is not in the module", godebug)
	}
}

func written(wasm []byte) []byte {
	mark, _ := hex.DecodeString(modinfoStart)
	end, _ := hex.DecodeString(modinfoEnd)
	_, rest, _ := bytes.Cut(wasm, mark)
	text, _, _ := bytes.Cut(rest, end)
	return text
}
