// Package proxyground opens three things of Go's own compiler to the driver: the words of its syntax errors, the names
// of its type errors, and the table of GODEBUG settings. It is no part of Go: build.mjs lays it over GOROOT/src/cmd/compile/proxyground with -overlay, for
// only there may these internal packages be imported.
package proxyground

import (
	"cmd/compile/internal/syntax"
	"internal/godebugs"
	"internal/types/errors"
	"strings"
)

// A SyntaxError has a 1-based line and a 1-based column in bytes.
type SyntaxError struct {
	Line, Column int
	Message      string
}

// SyntaxErrors of a file in the words of `go build`; branches says that they are only jumps that lead nowhere, with
// which the compiler goes on to the types.
func SyntaxErrors(name, text string) (list []SyntaxError, branches bool) {
	list = parse(name, text, syntax.CheckBranches)
	return list, len(list) == 0 || len(parse(name, text, 0)) == 0
}

func parse(name, text string, mode syntax.Mode) []SyntaxError {
	var list []SyntaxError
	report := func(err error) {
		e, ok := err.(syntax.Error)
		if !ok {
			return
		}
		// One syntax error a line is what the compiler prints.
		if last := len(list) - 1; last >= 0 && list[last].Line == int(e.Pos.Line()) && isSyntax(list[last].Message) && isSyntax(e.Msg) {
			return
		}
		list = append(list, SyntaxError{int(e.Pos.Line()), int(e.Pos.Col()), e.Msg})
	}
	syntax.Parse(syntax.NewFileBase(name), strings.NewReader(text), report, nil, mode)
	return list
}

func isSyntax(message string) bool {
	return strings.HasPrefix(message, "syntax error")
}

// OldGodebug is the value that a setting had before the Go release 1.N named by changed; 0: it never changed.
func OldGodebug(each func(name string, changed int, old string)) {
	for _, info := range godebugs.All {
		each(info.Name, info.Changed, info.Old)
	}
}

// TypeErrorName is the name of a code that go/types gives an error, e.g. UndeclaredName.
func TypeErrorName(code int) string {
	return errors.Code(code).String()
}
