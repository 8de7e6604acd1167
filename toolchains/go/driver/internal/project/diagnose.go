package project

import (
	"go/scanner"
	"go/token"
	"sort"
	"strings"

	"proxyground.dev/driver/internal/compiler"
	"proxyground.dev/driver/internal/position"
	"proxyground.dev/driver/internal/protocol"
)

// Text of a file of the plugin with its lines; made once.
func (p *Project) Text(file string) *position.Text {
	text, ok := p.texts[file]
	if !ok {
		body, _ := p.Tree.File(file)
		text = position.New(file, body)
		p.texts[file] = text
	}
	return text
}

// Report adds a diagnostic about the bytes from start to end of a file.
func (p *Project) report(severity, file string, start, end int, code, message string, about map[string]string) *protocol.Diagnostic {
	p.Diagnostics = append(p.Diagnostics, protocol.Diagnostic{
		Range: p.Text(file).Range(start, end), Severity: severity, Code: code, Message: message, About: about,
	})
	return &p.Diagnostics[len(p.Diagnostics)-1]
}

// SyntaxErrors of a file, in the compiler's words, each over the token it stands at; branches says that they are only
// jumps that lead nowhere.
func SyntaxErrors(text *position.Text) (found []protocol.Diagnostic, branches bool) {
	list, branches := compiler.SyntaxErrors(text.File, text.Body)
	for _, e := range list {
		start := text.At(e.Line, e.Column)
		found = append(found, protocol.Diagnostic{
			Range: text.Range(start, TokenEnd(text.Body, start)), Severity: protocol.Error, Code: CodeSyntax, Message: e.Message,
		})
	}
	return found, branches
}

// TokenEnd is where the token that begins at an offset ends, at most at the end of its line.
func TokenEnd(body string, start int) int {
	if start >= len(body) || body[start] == '\n' {
		return start
	}
	line := start
	for line < len(body) && body[line] != '\n' {
		line++
	}
	var s scanner.Scanner
	fset := token.NewFileSet()
	file := fset.AddFile("", 1, line-start)
	s.Init(file, []byte(body[start:line]), func(token.Position, string) {}, 0)
	pos, tok, literal := s.Scan()
	end := start + file.Offset(pos)
	switch {
	case tok == token.EOF || (tok == token.SEMICOLON && literal == "\n"):
		return start
	case literal != "":
		return min(end+len(literal), line)
	}
	return min(end+len(tok.String()), line)
}

// Sorted sorts by place and drops what is said twice of one line, as the compiler does.
func Sorted(list []protocol.Diagnostic) []protocol.Diagnostic {
	sort.SliceStable(list, func(i, j int) bool {
		a, b := list[i], list[j]
		if a.File != b.File {
			return strings.Compare(a.File, b.File) < 0
		}
		if a.Line != b.Line {
			return a.Line < b.Line
		}
		return a.Column < b.Column
	})
	kept := list[:0]
	for i, d := range list {
		if i > 0 && d.File == list[i-1].File && d.Line == list[i-1].Line && d.Message == list[i-1].Message {
			continue
		}
		kept = append(kept, d)
	}
	return kept
}
