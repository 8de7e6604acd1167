// Package compiler speaks for Go's own compiler: its syntax errors, its GODEBUG table, its names of type errors.
package compiler

import "cmd/compile/proxyground"

// A SyntaxError has a 1-based line and a 1-based column in bytes.
type SyntaxError = proxyground.SyntaxError

// SyntaxErrors of a file in the words of `go build`; branches says that they are only jumps that lead nowhere, with
// which the compiler goes on to the types.
func SyntaxErrors(name, text string) (list []SyntaxError, branches bool) {
	return proxyground.SyntaxErrors(name, text)
}

// Godebugs calls each for every setting whose default changed in Go 1.changed from old.
func Godebugs(each func(name string, changed int, old string)) {
	proxyground.OldGodebug(func(name string, changed int, old string) {
		if changed > 0 {
			each(name, changed, old)
		}
	})
}

// TypeErrorName is the name of a code that go/types gives an error, e.g. UndeclaredName.
func TypeErrorName(code int) string {
	return proxyground.TypeErrorName(code)
}
