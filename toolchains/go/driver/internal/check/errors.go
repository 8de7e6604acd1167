package check

import (
	"errors"
	"fmt"
	"go/ast"
	"go/scanner"
	"go/token"
	"go/types"
	"reflect"
	"regexp"
	"strings"

	"proxyground.dev/driver/internal/compiler"
	"proxyground.dev/driver/internal/project"
	"proxyground.dev/driver/internal/protocol"
)

// jumps are what go/types says in other words than the compiler, whose own are among the slips of a file.
var jumps = map[string]bool{
	"UndeclaredLabel": true, "DuplicateLabel": true, "MisplacedLabel": true, "UnusedLabel": true,
	"JumpOverDecl": true, "JumpIntoBlock": true, "MisplacedBreak": true, "MisplacedContinue": true,
}

// typeErrors turns what go/types says into diagnostics, and adds what only the compiler would say.
func (c *Checker) typeErrors(p *project.Project, pkg *Package, found []types.Error) []protocol.Diagnostic {
	var list []protocol.Diagnostic
	for _, e := range found {
		code, start, end := details(e)
		name := compiler.TypeErrorName(code)
		if name == "BrokenImport" && p.Failed() || jumps[name] {
			continue // said already
		}
		if more, ok := strings.CutPrefix(e.Msg, "\t"); ok && len(list) > 0 {
			last := &list[len(list)-1]
			last.Message += fmt.Sprintf("\n\t%s: %s", c.fset.PositionFor(e.Pos, false), more)
			continue
		}
		file := pkg.fileAt(e.Pos)
		if file == nil {
			continue
		}
		pos := file.compilerPos(e.Pos, name, e.Msg)
		d := protocol.Diagnostic{Range: file.errorRange(pos, start, end), Severity: protocol.Error, Code: name}
		d.Message = pkg.withVersion(file, e.Msg)
		d.Fixes = c.fixes(p, pkg, file, e, name)
		list = append(list, d)
	}
	for _, file := range pkg.Files {
		list = append(list, file.Slips...)
	}
	return append(list, c.compilerErrors(p, pkg, len(list) == 0)...)
}

// compilerPos is where the compiler puts an error that go/types puts elsewhere: what cannot be inferred stands at the
// bracket of the call, missing arguments at the last one there is or else at the call, too many or few of a builtin at
// the call, an array without length at its bracket.
func (f *File) compilerPos(pos token.Pos, code, message string) token.Pos {
	missing := code == "WrongArgCount" && strings.Contains(message, "not enough arguments")
	builtin := code == "WrongArgCount" && strings.Contains(message, " arguments for ")
	if strings.HasPrefix(message, "invalid use of [...] array") {
		return pos - 1
	}
	if code != "CannotInferTypeArgs" && !missing && !builtin {
		return pos
	}
	for _, node := range enclosing(f.Syntax, pos) {
		switch node := node.(type) {
		case *ast.IndexExpr:
			if !missing && pos <= node.Lbrack {
				return node.Lbrack
			}
		case *ast.IndexListExpr:
			if !missing && pos <= node.Lbrack {
				return node.Lbrack
			}
		case *ast.CallExpr:
			switch {
			case builtin:
				return node.Pos()
			case missing && len(node.Args) > 0:
				return node.Args[len(node.Args)-1].Pos()
			case missing:
				return node.Pos()
			case pos <= node.Lparen:
				return node.Lparen
			}
		}
	}
	return pos
}

var needsVersion = regexp.MustCompile(`requires go[0-9]+\.[0-9]+ or later`)

// withVersion says, as the compiler does, whose version is too old.
func (p *Package) withVersion(file *File, message string) string {
	switch {
	case !needsVersion.MatchString(message):
		return message
	case file.Syntax.GoVersion == p.Info.FileVersions[file.Syntax]:
		return fmt.Sprintf("%s (file declares //go:build %s)", message, file.Syntax.GoVersion)
	}
	return fmt.Sprintf("%s (-lang was set to %s; check go.mod)", message, p.Module.Lang)
}

// details of an error that go/types keeps to itself and its tools (https://go.dev/issue/46166).
func details(e types.Error) (code int, start, end token.Pos) {
	v := reflect.ValueOf(e)
	return int(v.FieldByName("go116code").Int()), token.Pos(v.FieldByName("go116start").Int()), token.Pos(v.FieldByName("go116end").Int())
}

// fileAt finds the file of a position.
func (p *Package) fileAt(pos token.Pos) *File {
	for _, file := range p.Files {
		if file.Token != nil && int(pos) >= file.Token.Base() && int(pos) <= file.Token.Base()+file.Token.Size() {
			return file
		}
	}
	return nil
}

// errorRange begins where the compiler points; it reaches over the node when that begins there, else over the token.
func (f *File) errorRange(pos, start, end token.Pos) protocol.Range {
	offset := f.Offset(pos)
	last := project.TokenEnd(f.Text.Body, offset)
	if start == pos && end > pos {
		last = max(last, f.Offset(end))
	}
	// A marker over several lines hides more than it shows.
	if _, lineEnd := f.Text.Line(f.Text.Place(offset).Line); last > lineEnd {
		last = max(lineEnd, offset)
	}
	return f.Text.Range(offset, last)
}

// parserErrors are those of go/parser, for what the compiler's parser leaves to later.
func (f *File) parserErrors(err error) []protocol.Diagnostic {
	var list scanner.ErrorList
	if !errors.As(err, &list) {
		return nil
	}
	var found []protocol.Diagnostic
	for _, e := range list {
		offset, message := e.Pos.Offset, e.Msg
		if message == "expected at most 2 expressions" {
			message = "range clause permits at most two iteration variables"
		}
		if words := strings.Fields(e.Msg); len(words) > 2 && strings.HasPrefix(e.Msg, "expression in ") {
			// go/parser points behind the expression, the compiler at it.
			if at := strings.LastIndex(f.Text.Body[:offset], words[2]); at >= 0 {
				rest := f.Text.Body[at+len(words[2]) : offset]
				offset -= len(strings.TrimLeft(rest, " \t"))
			}
		}
		found = append(found, protocol.Diagnostic{
			Range:    f.Text.Range(offset, project.TokenEnd(f.Text.Body, offset)),
			Severity: protocol.Error, Code: project.CodeSyntax, Message: message,
		})
	}
	return found
}
