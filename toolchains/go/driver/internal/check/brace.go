package check

import (
	"strings"

	"proxyground.dev/driver/internal/compiler"
	"proxyground.dev/driver/internal/project"
	"proxyground.dev/driver/internal/protocol"
)

// addBrace offers the closing brace that a function lacks: where the next function begins at the start of a line, or at
// the end of the file. It is offered only if the file then has fewer errors, the first of them later (workflows.md W7).
func (f *File) addBrace() {
	if len(f.Errors) == 0 {
		return
	}
	first := &f.Errors[0]
	at := f.Text.Offset(first.Place)
	line, _ := f.Text.Line(first.Line)
	body := f.Text.Body
	insert, text := 0, ""
	switch {
	case strings.HasPrefix(body[line:], "func ") && strings.Contains(first.Message, "expected ("):
		insert, text = f.beforeComments(line), "}\n"
	case strings.TrimSpace(body[at:]) == "" && strings.Contains(first.Message, "expected }"):
		insert, text = len(strings.TrimRight(body, " \t\r\n")), "\n}"
	default:
		return
	}
	left, branches := compiler.SyntaxErrors(f.Text.File, body[:insert]+text+body[insert:])
	if !branches && (len(left) >= len(f.Errors) || left[0].Line <= first.Line) {
		return
	}
	first.Fixes = []protocol.Fix{{Kind: protocol.AddBrace, Subject: "}",
		Edits: []protocol.Edit{{Range: f.Text.Range(insert, insert), Text: text}}}}
}

// beforeComments goes up from a line's start over the comments and empty lines that belong to what begins there.
func (f *File) beforeComments(line int) int {
	at := line
	for at > 0 {
		previous := f.Text.LineStart(at - 1)
		text := strings.TrimSpace(f.Text.Body[previous : at-1])
		if text != "" && !strings.HasPrefix(text, "//") {
			return at
		}
		at = previous
	}
	return line
}

// Registrations in main are a warning of the build too.
func (c *Checker) Registrations(p *project.Project) []protocol.Diagnostic {
	for _, pkg := range p.Packages {
		if pkg.Path == p.Main.Path && p.Sdk != "tinygo" {
			parsed := &Package{Package: pkg}
			for _, name := range pkg.Files {
				parsed.Files = append(parsed.Files, c.file(p.Text(name)))
			}
			return parsed.registersInMain()
		}
	}
	return nil
}
