package editor

import (
	"go/ast"
	"go/types"
	"sort"

	"proxyground.dev/driver/internal/check"
	"proxyground.dev/driver/internal/protocol"
)

// A use is a name in a file of the plugin, for one of the things looked for.
type use struct {
	file     *check.File
	name     *ast.Ident
	declares bool
}

// References of what the name at the place stands for, in all packages that the plugin compiles; nil when there is no
// name, or nothing known of it.
func (s *Session) References() *protocol.References {
	name := s.nameAt()
	if name == nil {
		return nil
	}
	answer := &protocol.References{Kinded: protocol.Kinded{Kind: "references"}, Name: name.Name, Places: []protocol.Reference{}}
	for _, use := range s.uses(s.things(name)) {
		place := use.file.Range(use.name.Pos(), use.name.End())
		answer.Places = append(answer.Places, protocol.Reference{Range: place, Declares: use.declares})
	}
	if len(answer.Places) == 0 {
		return nil
	}
	return answer
}

// A thing is what a name stands for: of the plugin's own the position of its declaration, which instances of a generic
// type and the variables of a type switch have in common; else the object of the imported package.
type thing any

func (s *Session) thingOf(object types.Object) thing {
	if object == nil {
		return nil
	}
	if s.checker.FileAt(object.Pos()) != nil {
		return object.Pos()
	}
	switch object := object.(type) {
	case *types.Func:
		return object.Origin()
	case *types.Var:
		return object.Origin()
	}
	return object
}

// declared thing of a name that Defs has without an object: the variable of a type switch.
func declared(name *ast.Ident, object types.Object) thing {
	if object == nil {
		return name.Pos()
	}
	return object.Pos()
}

// things that must have one name: what the name stands for and, of a type, the fields that embed it.
func (s *Session) things(name *ast.Ident) map[thing]bool {
	found := map[thing]bool{}
	first := s.thingOf(s.object(name))
	if _, defines := s.pkg.Info.Defs[name]; first == nil && defines {
		first = name.Pos()
	}
	if first == nil {
		return found
	}
	found[first] = true
	// A field that embeds a type, and the type, are written with one name.
	for grew := true; grew; {
		grew = false
		for _, pkg := range s.result.Packages {
			for name, object := range pkg.Info.Defs {
				field, ok := object.(*types.Var)
				if !ok || !field.Embedded() {
					continue
				}
				embedded, embedding := s.thingOf(pkg.Info.Uses[name]), thing(field.Pos())
				if embedded != nil && found[embedded] != found[embedding] {
					found[embedded], found[embedding], grew = true, true, true
				}
			}
		}
	}
	return found
}

// uses of things in files of the plugin, by file and place.
func (s *Session) uses(things map[thing]bool) []use {
	var list []use
	add := func(pkg *check.Package, name *ast.Ident, declares bool) {
		if file := s.checker.FileAt(name.Pos()); file != nil {
			list = append(list, use{file, name, declares})
		}
	}
	for _, pkg := range s.result.Packages {
		for name, object := range pkg.Info.Defs {
			if things[declared(name, object)] && name.Name != "_" {
				add(pkg, name, true)
			}
		}
		for name, object := range pkg.Info.Uses {
			// An embedded field is a use of its type and a declaration at once.
			if _, both := pkg.Info.Defs[name]; !both && things[s.thingOf(object)] {
				add(pkg, name, false)
			}
		}
	}
	sort.Slice(list, func(i, j int) bool {
		if list[i].file != list[j].file {
			return list[i].file.Text.File < list[j].file.Text.File
		}
		return list[i].name.Pos() < list[j].name.Pos()
	})
	return list
}
