package check

import (
	"go/ast"
	"path"
	"sort"
	"strconv"
	"strings"

	"proxyground.dev/driver/internal/project"
	"proxyground.dev/driver/internal/protocol"
)

func importPath(spec *ast.ImportSpec) string {
	value, err := strconv.Unquote(spec.Path.Value)
	if err != nil {
		return spec.Path.Value
	}
	return value
}

// WithImport adds an import where gofmt would sort it in; name is empty unless it differs from the package's own.
func (f *File) WithImport(imported, name string) protocol.Edit {
	line := strconv.Quote(imported)
	if name != "" {
		line = name + " " + line
	}
	var group *ast.GenDecl
	for _, decl := range f.Syntax.Decls {
		if g, ok := decl.(*ast.GenDecl); ok && g.Tok.String() == "import" {
			if group == nil || !group.Lparen.IsValid() && g.Lparen.IsValid() {
				group = g
			}
		}
	}
	switch {
	case group == nil:
		at := f.Offset(f.Syntax.Name.End())
		return protocol.Edit{Range: f.Text.Range(at, at), Text: "\n\nimport " + line}
	case !group.Lparen.IsValid():
		// `import "a"` becomes a group.
		start, end := f.Offset(group.Specs[0].Pos()), f.Offset(group.Specs[0].End())
		lines := []string{f.Text.Body[start:end], line}
		sort.Slice(lines, func(i, j int) bool { return pathIn(lines[i]) < pathIn(lines[j]) })
		return protocol.Edit{Range: f.Text.Range(start, end), Text: "(\n\t" + strings.Join(lines, "\n\t") + "\n)"}
	}
	return f.intoGroup(group, imported, line)
}

// intoGroup puts the line before the first greater path of the block that holds paths of its kind (std or not).
func (f *File) intoGroup(group *ast.GenDecl, imported, line string) protocol.Edit {
	var last *ast.ImportSpec
	for _, spec := range group.Specs {
		other := spec.(*ast.ImportSpec)
		if rank(importPath(other)) != rank(imported) {
			continue
		}
		if importPath(other) > imported {
			at := f.Text.LineStart(f.Offset(other.Pos()))
			return protocol.Edit{Range: f.Text.Range(at, at), Text: "\t" + line + "\n"}
		}
		last = other
	}
	if last != nil {
		at := f.Offset(last.End())
		if last.Comment != nil {
			at = f.Offset(last.Comment.End())
		}
		return protocol.Edit{Range: f.Text.Range(at, at), Text: "\n\t" + line}
	}
	if rank(imported) == 0 {
		at := f.Offset(group.Lparen) + 1
		separator := "\n"
		if len(group.Specs) == 0 {
			separator = ""
		}
		return protocol.Edit{Range: f.Text.Range(at, at), Text: "\n\t" + line + separator}
	}
	at := f.Offset(group.Rparen)
	return protocol.Edit{Range: f.Text.Range(at, at), Text: "\n\t" + line + "\n"}
}

func pathIn(line string) string {
	return line[strings.IndexAny(line, "\"`"):]
}

// withoutImport drops an import's line, or the whole declaration when it is the only one.
func (f *File) withoutImport(spec *ast.ImportSpec) protocol.Edit {
	start, end := f.Offset(spec.Pos()), f.Offset(spec.End())
	for _, decl := range f.Syntax.Decls {
		if g, ok := decl.(*ast.GenDecl); ok && len(g.Specs) == 1 && g.Specs[0] == ast.Spec(spec) {
			start, end = f.Offset(g.Pos()), f.Offset(g.End())
		}
	}
	body := f.Text.Body
	lineStart := f.Text.LineStart(start)
	lineEnd := end
	for lineEnd < len(body) && body[lineEnd] != '\n' {
		lineEnd++
	}
	rest := strings.TrimSpace(body[end:lineEnd])
	if strings.TrimSpace(body[lineStart:start]) == "" && (rest == "" || strings.HasPrefix(rest, "//")) {
		start, end = lineStart, min(lineEnd+1, len(body))
	}
	return protocol.Edit{Range: f.Text.Range(start, end), Text: ""}
}

// LocalName is how a file calls a package that it imports.
func LocalName(spec *ast.ImportSpec, p *project.Project) string {
	if spec.Name != nil {
		return spec.Name.Name
	}
	imported := importPath(spec)
	if name := p.PackageName(imported); name != "" {
		return name
	}
	return path.Base(imported)
}
