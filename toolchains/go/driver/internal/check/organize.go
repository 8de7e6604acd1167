package check

import (
	"go/format"
	"go/parser"
	"go/token"

	"proxyground.dev/driver/internal/position"
	"proxyground.dev/driver/internal/project"
	"proxyground.dev/driver/internal/protocol"
)

// Format is gofmt; a file that does not parse gives its errors.
func (c *Checker) Format(text *position.Text) (string, []protocol.Diagnostic) {
	if file := c.file(text); len(file.Errors) > 0 || file.Syntax == nil {
		return "", append(append([]protocol.Diagnostic{}, file.Errors...), file.Warnings...)
	}
	formatted, err := format.Source([]byte(text.Body))
	if err != nil {
		return "", []protocol.Diagnostic{{Range: text.Range(0, 0), Severity: protocol.Error, Code: project.CodeSyntax, Message: err.Error()}}
	}
	return string(formatted), nil
}

// Organize drops the imports that a file does not use, adds those whose packages it names, and formats it.
func (c *Checker) Organize(p *project.Project, name string) (string, []protocol.Diagnostic) {
	result := c.Check(p)
	text := p.Text(name)
	body := text.Body
	if pkg := result.PackageOf(name); pkg != nil {
		body = organized(pkg.fileNamed(name), pkg.Errors)
	}
	return c.Format(position.New(text.File, body))
}

func organized(file *File, errors []protocol.Diagnostic) string {
	var unused []protocol.Diagnostic
	missing := map[string]bool{}
	for _, d := range errors {
		if d.File != file.Text.File || len(d.Fixes) == 0 {
			continue
		}
		switch fix := d.Fixes[0]; fix.Kind {
		case protocol.RemoveImport:
			unused = append(unused, d)
		case protocol.AddImport:
			missing[fix.Subject] = true
		}
	}
	body := file.Text.Body
	// From the last to the first, so that the places of the others stay true.
	for i := len(unused) - 1; i >= 0; i-- {
		body = apply(position.New(file.Text.File, body), unused[i].Fixes[0].Edits[0])
	}
	for imported := range missing {
		if next := parseAlone(file.Text.File, body); next != nil {
			body = apply(next.Text, next.WithImport(imported, ""))
		}
	}
	return body
}

func apply(text *position.Text, edit protocol.Edit) string {
	start := text.Offset(edit.Place)
	end := text.Offset(protocol.Place{Line: edit.EndLine, Column: edit.EndColumn})
	return text.Body[:start] + edit.Text + text.Body[end:]
}

// parseAlone parses a text that is on its way to another, outside the checker's files.
func parseAlone(name, body string) *File {
	fset := token.NewFileSet()
	syntax, err := parser.ParseFile(fset, name, body, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return nil
	}
	return &File{Text: position.New(name, body), Syntax: syntax, Token: fset.File(syntax.FileStart)}
}

// PackageOf the file, nil when none that is compiled holds it.
func (r *Result) PackageOf(name string) *Package {
	for _, pkg := range r.Packages {
		if pkg.fileNamed(name) != nil {
			return pkg
		}
	}
	return nil
}

func (p *Package) fileNamed(name string) *File {
	for _, file := range p.Files {
		if file.Text.File == name {
			return file
		}
	}
	return nil
}

// File that a place lies in, with its package; nil when it is not compiled or not to be parsed.
func (r *Result) File(name string) (*Package, *File) {
	pkg := r.PackageOf(name)
	if pkg == nil {
		return nil, nil
	}
	file := pkg.fileNamed(name)
	if file.Syntax == nil {
		return nil, nil
	}
	return pkg, file
}

// FileAt finds the plugin's file that a position lies in, nil for what comes from the bundle.
func (c *Checker) FileAt(pos token.Pos) *File {
	for _, file := range c.files {
		if file.Token != nil && int(pos) >= file.Token.Base() && int(pos) <= file.Token.Base()+file.Token.Size() {
			return file
		}
	}
	return nil
}

// Own package of the plugin with that import path, nil when there is none.
func (c *Checker) Own(importPath string) *Package {
	return c.packages[importPath]
}

// Position as the source says it, for objects of the bundle (their columns are not known).
func (c *Checker) Position(pos token.Pos) token.Position {
	return c.fset.PositionFor(pos, false)
}

// Parse a file of the plugin, or give what was parsed of the same text before.
func (c *Checker) Parse(text *position.Text) *File { return c.file(text) }
