package editor

import (
	"fmt"
	"go/types"
	"sort"
	"strings"

	"proxyground.dev/driver/internal/protocol"
)

// A list collects items with their rank (the smaller the likelier).
type list struct {
	session  *Session
	prefix   string
	expected types.Type
	// called says that an opening bracket follows already.
	called bool
	items  []ranked
	seen   map[string]bool
}

type ranked struct {
	item   protocol.Item
	rank   int
	object types.Object
}

// add an item unless one of its name is there; what does not begin like the prefix is left to the editor's own
// fuzziness only if it shares the first letter.
func (l *list) add(item protocol.Item, rank int) {
	if l.seen[item.Label] {
		return
	}
	l.seen[item.Label] = true
	l.item(item, rank)
}

func (l *list) item(item protocol.Item, rank int) {
	if fits, worse := matches(item.Label, l.prefix); fits {
		l.items = append(l.items, ranked{item, rank + worse, nil})
	}
}

// matches compares as an editor filters: the letters of the prefix in their order; worse when they are not the beginning.
func matches(label, prefix string) (bool, int) {
	switch lower, wanted := strings.ToLower(label), strings.ToLower(prefix); {
	case strings.HasPrefix(label, prefix):
		return true, 0
	case strings.HasPrefix(lower, wanted):
		return true, 1
	case strings.Contains(lower, wanted):
		return true, 12
	default:
		for _, r := range wanted {
			at := strings.IndexRune(lower, r)
			if at < 0 {
				return false, 0
			}
			lower = lower[at+len(string(r)):]
		}
		return true, 24
	}
}

// object as an item; addImport is the path to import when it is chosen.
func (l *list) object(object types.Object, rank int, addImport string) {
	if addImport == "" && l.seen[object.Name()] {
		return
	}
	if l.expected != nil && fitsType(object, l.expected) {
		rank -= 10
	}
	l.seen[object.Name()] = true
	item := protocol.Item{Label: object.Name(), Kind: kindOf(object), Insert: object.Name(), AddImport: addImport}
	item.Detail = l.session.detail(object)
	if signature, ok := object.Type().(*types.Signature); ok && item.Kind != "variable" && item.Kind != "field" && !l.called &&
		!l.wantsFunction(object) {
		item.Insert, item.Snippet = callSnippet(object.Name(), signature), true
	}
	if fits, worse := matches(item.Label, l.prefix); fits {
		l.items = append(l.items, ranked{item, rank + worse, object})
	}
}

// wantsFunction says that the function itself is asked for, not a call of it.
func (l *list) wantsFunction(object types.Object) bool {
	if l.expected == nil {
		return false
	}
	return fitsFunction(object, l.expected)
}

// fitsFunction says that an object is a function of the type that is expected, as far as that is known.
func fitsFunction(object types.Object, expected types.Type) bool {
	function, ok := object.Type().(*types.Signature)
	wanted, isFunction := expected.Underlying().(*types.Signature)
	return ok && isFunction && (types.AssignableTo(function, expected) || openSignature(wanted) && sameShape(function, wanted))
}

func fitsType(object types.Object, expected types.Type) bool {
	switch object := object.(type) {
	case *types.TypeName, *types.PkgName, *types.Builtin, *types.Nil:
		return false
	case *types.Func:
		if fitsFunction(object, expected) {
			return true
		}
		results := object.Type().(*types.Signature).Results()
		return results.Len() == 1 && types.AssignableTo(results.At(0).Type(), expected) && !types.IsInterface(expected)
	}
	if types.Identical(object.Type(), expected) {
		return true
	}
	return types.AssignableTo(object.Type(), expected) && !types.IsInterface(expected)
}

func callSnippet(name string, signature *types.Signature) string {
	var parts []string
	for i := range signature.Params().Len() {
		parameter := signature.Params().At(i).Name()
		if parameter == "" || parameter == "_" {
			parameter = fmt.Sprintf("p%d", i)
		}
		if signature.Variadic() && i == signature.Params().Len()-1 {
			// Optional; the cursor stops there all the same.
			if i == 0 {
				return name + "($1)$0"
			}
			break
		}
		parts = append(parts, fmt.Sprintf("${%d:%s}", i+1, parameter))
	}
	return name + "(" + strings.Join(parts, ", ") + ")$0"
}

func kindOf(object types.Object) string {
	switch object := object.(type) {
	case *types.PkgName:
		return "package"
	case *types.Const:
		return "constant"
	case *types.TypeName:
		if types.IsInterface(object.Type()) {
			return "interface"
		}
		return "type"
	case *types.Func:
		if object.Type().(*types.Signature).Recv() != nil {
			return "method"
		}
		return "function"
	case *types.Builtin:
		return "function"
	case *types.Var:
		if object.IsField() {
			return "field"
		}
	}
	return "variable"
}

// detail is the type or signature of an object on one line.
func (s *Session) detail(object types.Object) string {
	switch object := object.(type) {
	case *types.PkgName:
		return "\"" + object.Imported().Path() + "\""
	case *types.Builtin:
		return builtinSignature(object.Name())
	case *types.Nil:
		return "untyped nil"
	case *types.Const:
		return types.TypeString(object.Type(), s.qualifier) + " = " + object.Val().String()
	case *types.Func:
		text := types.TypeString(object.Type(), s.qualifier)
		return strings.TrimPrefix(text, "func")
	case *types.TypeName:
		switch object.Type().Underlying().(type) {
		case *types.Struct:
			return "struct"
		case *types.Interface:
			return "interface"
		}
		return types.TypeString(object.Type().Underlying(), s.qualifier)
	}
	return types.TypeString(object.Type(), s.qualifier)
}

// sorted by rank, then name, with documentation for those that are looked at first.
func (l *list) sorted() []protocol.Item {
	sort.SliceStable(l.items, func(i, j int) bool {
		a, b := l.items[i], l.items[j]
		if a.rank != b.rank {
			return a.rank < b.rank
		}
		return a.item.Label < b.item.Label
	})
	items := make([]protocol.Item, 0, min(len(l.items), itemLimit))
	for i, r := range l.items[:min(len(l.items), itemLimit)] {
		if i < 60 && r.object != nil {
			r.item.Documentation = l.session.documentation(r.object)
		}
		items = append(items, r.item)
	}
	return items
}
