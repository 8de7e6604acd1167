package check

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"sort"
	"strconv"
	"strings"
	"testing"

	"proxyground.dev/driver/internal/protocol"
	"proxyground.dev/driver/internal/testbundle"
)

// Every program of testdata/bad is compiled by this machine's Go; what it prints is what a check has to say, at the
// same place and in the same words.
func TestSaysWhatTheCompilerSays(t *testing.T) {
	bundle := testbundle.Open(t)
	files, err := filepath.Glob("testdata/bad/*.go")
	if err != nil || len(files) < 20 {
		t.Fatalf("%d programs: %v", len(files), err)
	}
	printed := compileAll(t, files)
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".go")
		t.Run(name, func(t *testing.T) {
			body, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			result := checkSources(t, bundle, "higress", map[string]string{"main.go": string(body), "go.mod": "module bad\n\ngo 1.24\n"})
			got := said(string(body), result.Diagnostics)
			want := printed[name]
			if strings.Join(got, "\n") != strings.Join(want, "\n") {
				t.Errorf("said\n  %s\nthe compiler says\n  %s", strings.Join(got, "\n  "), strings.Join(want, "\n  "))
			}
			if len(want) == 0 {
				t.Error("the compiler found nothing wrong: no test")
			}
		})
	}
}

// said renders diagnostics as line:column: first line of the message, the column in bytes.
func said(body string, list []protocol.Diagnostic) []string {
	lines := strings.Split(body, "\n")
	var out []string
	for _, d := range list {
		if d.Severity != protocol.Error {
			continue
		}
		units, column := 0, 1
		for _, r := range lines[d.Line-1] {
			if units >= d.Column-1 {
				break
			}
			units += len(string(r)) / 4 // a rune of four bytes has two units
			units++
			column += len(string(r))
		}
		message, _, _ := strings.Cut(d.Message, "\n")
		out = append(out, fmt.Sprintf("%d:%d: %s", d.Line, column, message))
	}
	sort.Strings(out)
	return out
}

// compileAll builds each file as a package of its own in one run of go build; -e prints every error.
func compileAll(t *testing.T, files []string) map[string][]string {
	dir := t.TempDir()
	write := func(name, text string) {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("go.mod", "module bad\n\ngo 1.24\n")
	for _, file := range files {
		body, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		write(strings.TrimSuffix(filepath.Base(file), ".go")+"/main.go", string(body))
	}
	command := exec.Command("go", "build", "-p", "1", "-gcflags=-e", "-o", filepath.Join(dir, "out")+"/", "./...")
	command.Dir = dir
	command.Env = append(os.Environ(), "GOOS=wasip1", "GOARCH=wasm", "GOFLAGS=-buildvcs=false", "GOWORK=off")
	output, _ := command.CombinedOutput()
	line := regexp.MustCompile(`^([^:\s]+)/main\.go:(\d+):(\d+): (.*)$`)
	noMain := regexp.MustCompile(`^runtime\.main_main·f: (function main is undeclared in the main package)$`)
	printed := map[string][]string{}
	at := ""
	for _, text := range strings.Split(string(output), "\n") {
		if pkg, ok := strings.CutPrefix(text, "# bad/"); ok {
			at = pkg
		}
		if m := line.FindStringSubmatch(text); m != nil {
			number, _ := strconv.Atoi(m[2])
			message := strings.ReplaceAll(m[4], m[1]+"/main.go", "main.go")
			printed[m[1]] = append(printed[m[1]], fmt.Sprintf("%d:%s: %s", number, m[3], message))
		} else if m := noMain.FindStringSubmatch(text); m != nil {
			printed[at] = append(printed[at], "1:9: "+m[1]) // the linker knows no place
		}
	}
	for _, list := range printed {
		sort.Strings(list)
	}
	return printed
}
