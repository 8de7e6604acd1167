package check

import (
	"go/ast"
	"go/parser"
	"go/token"

	"proxyground.dev/driver/internal/position"
	"proxyground.dev/driver/internal/project"
	"proxyground.dev/driver/internal/protocol"
)

// A File is parsed once for each text it has.
type File struct {
	Text *position.Text
	// Syntax is what could be understood; nil when the file is nested too deeply to be parsed (Warnings says so).
	Syntax *ast.File
	Token  *token.File
	// Errors are those of its syntax, in the compiler's words; with any the types are not looked at.
	Errors   []protocol.Diagnostic
	Warnings []protocol.Diagnostic
	// Slips are errors with which the compiler looks at the types all the same.
	Slips []protocol.Diagnostic
}

// Offset of a position in this file.
func (f *File) Offset(pos token.Pos) int {
	if !pos.IsValid() || int(pos) < f.Token.Base() {
		return 0
	}
	return min(int(pos)-f.Token.Base(), f.Token.Size())
}

// Range of a syntax node.
func (f *File) Range(start, end token.Pos) protocol.Range {
	return f.Text.Range(f.Offset(start), f.Offset(end))
}

// Pos of a byte offset.
func (f *File) Pos(offset int) token.Pos {
	return token.Pos(f.Token.Base() + min(max(offset, 0), f.Token.Size()))
}

// file parses a text, or gives what was parsed of the same text before.
func (c *Checker) file(text *position.Text) *File {
	known := c.files[text.File]
	if known != nil && known.Text.Body == text.Body {
		return known
	}
	if known != nil && known.Token != nil {
		c.fset.RemoveFile(known.Token)
	}
	f := &File{Text: text}
	c.files[text.File] = f
	if at, deep := project.TooDeep(text.Body); deep {
		f.Warnings = []protocol.Diagnostic{{
			Range: text.Range(at, project.TokenEnd(text.Body, at)), Severity: protocol.Warning, Code: project.CodeDepth,
			Message: "nested too deeply to be checked while you type: a build says more",
			About:   map[string]string{"file": text.File},
		}}
		return f
	}
	mode := parser.ParseComments | parser.SkipObjectResolution | parser.AllErrors
	syntax, err := parser.ParseFile(c.fset, text.File, text.Body, mode)
	f.Syntax = syntax
	f.Token = c.fset.File(syntax.FileStart)
	found, branches := project.SyntaxErrors(text)
	if branches {
		f.Slips = append(found, f.parserErrors(err)...)
	} else {
		f.Errors = found
		f.addBrace()
	}
	return f
}
