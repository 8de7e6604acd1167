// Package gomod reads the parts of go.mod that a build of one module needs (https://go.dev/ref/mod#go-mod-file).
package gomod

import (
	"fmt"
	"go/version"
	"strconv"
	"strings"
)

// A File is a go.mod.
type File struct {
	Module  string
	Go      string // "1.24", empty when there is no go line
	GoLine  int
	Require map[string]string
	Replace []Replace
	Godebug []Godebug
	Errors  []Error
}

// A Replace puts New (a directory when it begins with ./ or ../) in the place of module Old.
type Replace struct {
	Old, OldVersion, New, NewVersion string
	Line                             int
}

// Local says that the replacement is a directory.
func (r Replace) Local() bool {
	return r.New == "." || r.New == ".." || strings.HasPrefix(r.New, "./") || strings.HasPrefix(r.New, "../") || strings.HasPrefix(r.New, "/")
}

// A Godebug is one key=value of a godebug line.
type Godebug struct{ Key, Value string }

// An Error stands at a 1-based line.
type Error struct {
	Line    int
	Message string
}

// Parse never fails: what it does not understand is in Errors.
func Parse(text string) *File {
	f := &File{Require: map[string]string{}}
	block := ""
	for i, line := range strings.Split(text, "\n") {
		words, err := split(line)
		if err != nil {
			f.fail(i+1, "%v", err)
			continue
		}
		switch {
		case len(words) == 0:
		case block != "" && words[0] == ")":
			block = ""
		case block != "":
			f.directive(block, words, i+1)
		case len(words) == 2 && words[1] == "(":
			block = words[0]
		default:
			f.directive(words[0], words[1:], i+1)
		}
		if len(f.Errors) > 20 {
			return f
		}
	}
	return f
}

func (f *File) fail(line int, format string, args ...any) {
	f.Errors = append(f.Errors, Error{line, fmt.Sprintf(format, args...)})
}

func (f *File) directive(verb string, args []string, line int) {
	switch verb {
	case "module":
		switch {
		case f.Module != "":
			f.fail(line, "repeated module statement")
		case len(args) != 1:
			f.fail(line, "usage: module module/path")
		default:
			f.Module = args[0]
		}
	case "go":
		switch {
		case f.Go != "":
			f.fail(line, "repeated go statement")
		case len(args) != 1:
			f.fail(line, "go directive expects exactly one argument")
		case !version.IsValid("go" + args[0]):
			f.fail(line, "invalid go version '%s': must match format 1.23", args[0])
		default:
			f.Go, f.GoLine = args[0], line
		}
	case "require":
		if len(args) < 2 {
			f.fail(line, "usage: require module/path v1.2.3")
			return
		}
		f.Require[args[0]] = args[1]
	case "replace":
		f.replace(args, line)
	case "godebug":
		key, value, ok := strings.Cut(strings.Join(args, " "), "=")
		if !ok {
			f.fail(line, "usage: godebug key=value")
			return
		}
		f.Godebug = append(f.Godebug, Godebug{key, value})
	case "toolchain", "exclude", "retract", "tool", "ignore":
	default:
		f.fail(line, "unknown directive: %s", verb)
	}
}

func (f *File) replace(args []string, line int) {
	arrow := 1
	if len(args) >= 2 && args[1] != "=>" {
		arrow = 2
	}
	if len(args) < arrow+2 || len(args) > arrow+3 || args[arrow] != "=>" {
		f.fail(line, "usage: replace module/path [v1.2.3] => other/module v1.4\n\t or replace module/path [v1.2.3] => ../local/directory")
		return
	}
	r := Replace{Old: args[0], New: args[arrow+1], Line: line}
	if arrow == 2 {
		r.OldVersion = args[1]
	}
	if len(args) == arrow+3 {
		r.NewVersion = args[arrow+2]
	}
	f.Replace = append(f.Replace, r)
}

// split gives the words of a line, quotes and comments understood.
func split(line string) ([]string, error) {
	var words []string
	for {
		line = strings.TrimLeft(line, " \t\r")
		switch {
		case line == "" || strings.HasPrefix(line, "//"):
			return words, nil
		case line[0] == '"' || line[0] == '`':
			quoted, err := strconv.QuotedPrefix(line)
			if err != nil {
				return nil, fmt.Errorf("invalid quoted string")
			}
			word, err := strconv.Unquote(quoted)
			if err != nil {
				return nil, fmt.Errorf("invalid quoted string: %v", err)
			}
			words, line = append(words, word), line[len(quoted):]
		case line[0] == '(' || line[0] == ')':
			words, line = append(words, line[:1]), line[1:]
		default:
			end := strings.IndexAny(line, " \t\r()")
			if end < 0 {
				end = len(line)
			}
			if comment := strings.Index(line[:end], "//"); comment > 0 {
				end = comment
			}
			words, line = append(words, line[:end]), line[end:]
		}
	}
}
