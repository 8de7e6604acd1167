package check

import (
	"go/ast"
	"go/types"
	"sort"
)

// A Member can stand after a dot; Depth counts the embedded fields it is promoted through.
type Member struct {
	Object types.Object
	Depth  int
}

// MembersOf an expression: of the package it names, or fields and methods of its type.
func MembersOf(pkg *Package, x ast.Expr) []Member {
	if name, ok := x.(*ast.Ident); ok {
		if imported, ok := pkg.Info.Uses[name].(*types.PkgName); ok {
			return exported(imported.Imported())
		}
	}
	tv, ok := pkg.Info.Types[x]
	if !ok || tv.Type == nil {
		return nil
	}
	return TypeMembers(tv.Type, pkg.Types, tv.IsType())
}

func exported(pkg *types.Package) []Member {
	var list []Member
	for _, name := range pkg.Scope().Names() {
		if object := pkg.Scope().Lookup(name); object.Exported() {
			list = append(list, Member{object, 0})
		}
	}
	return list
}

// TypeMembers are the fields and methods that code in a package can name; of a type itself only the methods.
func TypeMembers(t types.Type, from *types.Package, isType bool) []Member {
	byName := map[string]Member{}
	add := func(object types.Object, depth int) {
		if !object.Exported() && object.Pkg() != from || object.Name() == "_" {
			return
		}
		if known, ok := byName[object.Name()]; !ok || depth < known.Depth {
			byName[object.Name()] = Member{object, depth}
		}
	}
	// Methods of a pointer too: a variable is addressable, and where it is not, the compiler says so.
	receiver := t
	if _, pointer := t.Underlying().(*types.Pointer); !pointer && !types.IsInterface(t) && !isType {
		receiver = types.NewPointer(t)
	}
	methods := types.NewMethodSet(receiver)
	for i := range methods.Len() {
		add(methods.At(i).Obj(), len(methods.At(i).Index())-1)
	}
	if !isType {
		fields(t, 0, map[types.Type]bool{}, add)
	}
	list := make([]Member, 0, len(byName))
	for _, m := range byName {
		list = append(list, m)
	}
	sort.Slice(list, func(i, j int) bool { return list[i].Object.Name() < list[j].Object.Name() })
	return list
}

func fields(t types.Type, depth int, seen map[types.Type]bool, add func(types.Object, int)) {
	if pointer, ok := t.Underlying().(*types.Pointer); ok {
		t = pointer.Elem()
	}
	if seen[t] || depth > 20 {
		return
	}
	seen[t] = true
	structure, ok := t.Underlying().(*types.Struct)
	if !ok {
		return
	}
	for i := range structure.NumFields() {
		field := structure.Field(i)
		add(field, depth)
		if field.Embedded() {
			fields(field.Type(), depth+1, seen, add)
		}
	}
}
