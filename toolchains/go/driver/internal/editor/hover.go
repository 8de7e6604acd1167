package editor

import (
	"go/ast"
	"go/constant"
	"go/types"
	"strings"

	"proxyground.dev/driver/internal/protocol"
)

// A declaration longer than this many lines is cut.
const codeLines = 40

// Hover explains the name at the place; nil when there is none.
func (s *Session) Hover() *protocol.Hover {
	name := s.nameAt()
	if name == nil {
		return nil
	}
	object := s.object(name)
	if object == nil {
		return nil
	}
	return &protocol.Hover{
		Kinded: protocol.Kinded{Kind: "hover"}, Range: s.file.Range(name.Pos(), name.End()),
		Code: s.declaration(object), Documentation: s.documentation(object),
	}
}

// declaration of an object in Go, as one reads it in documentation.
func (s *Session) declaration(object types.Object) string {
	switch object := object.(type) {
	case *types.PkgName:
		return "package " + object.Imported().Name() + " // import \"" + object.Imported().Path() + "\""
	case *types.Builtin:
		return "func " + builtinSignature(object.Name())
	case *types.Var:
		if object.IsField() {
			return "field " + object.Name() + " " + types.TypeString(object.Type(), s.qualifier)
		}
	case *types.Const:
		return s.constant(object)
	case *types.TypeName:
		return s.typeDeclaration(object)
	}
	return types.ObjectString(object, s.qualifier)
}

func (s *Session) constant(object *types.Const) string {
	text := types.ObjectString(object, s.qualifier)
	if object.Val().Kind() == constant.Unknown || strings.Contains(text, " = ") {
		return text
	}
	return text + " = " + object.Val().String()
}

func (s *Session) typeDeclaration(object *types.TypeName) string {
	text := types.ObjectString(object, s.qualifier)
	// Structs and interfaces come on one line.
	structure, ok := object.Type().Underlying().(*types.Struct)
	if !ok || object.IsAlias() || structure.NumFields() == 0 {
		return text
	}
	head, _, _ := strings.Cut(text, " struct{")
	lines := []string{head + " struct {"}
	for i := range structure.NumFields() {
		field := structure.Field(i)
		line := "\t" + field.Name() + " " + types.TypeString(field.Type(), s.qualifier)
		if field.Embedded() {
			line = "\t" + types.TypeString(field.Type(), s.qualifier)
		}
		if len(lines) > codeLines {
			lines = append(lines, "\t…")
			break
		}
		lines = append(lines, line)
	}
	return strings.Join(append(lines, "}"), "\n")
}

// Definition of the name at the place; nil when it has none that can be shown.
func (s *Session) Definition() *protocol.Definition {
	if found := s.importAt(); found != nil {
		return found
	}
	name := s.nameAt()
	if name == nil {
		return nil
	}
	object := s.object(name)
	if object == nil {
		return nil
	}
	if imported, ok := object.(*types.PkgName); ok {
		return s.packageStart(imported.Imported().Path())
	}
	if file := s.checker.FileAt(object.Pos()); file != nil {
		return inside(file.Range(object.Pos(), object.Pos()+tokenLength(object)))
	}
	symbol, docs, ok := s.symbol(object)
	if !ok {
		return nil
	}
	place := protocol.Place{File: docs.Files[symbol.File], Line: symbol.Line, Column: symbol.Column}
	return outside(object.Pkg().Path(), place, len(object.Name()))
}

// importAt leads from an import's path to the package.
func (s *Session) importAt() *protocol.Definition {
	for _, node := range s.path {
		spec, ok := node.(*ast.ImportSpec)
		if !ok {
			continue
		}
		if object, ok := s.pkg.Info.Implicits[spec].(*types.PkgName); ok {
			return s.packageStart(object.Imported().Path())
		}
		if object, ok := s.pkg.Info.Defs[spec.Name].(*types.PkgName); ok {
			return s.packageStart(object.Imported().Path())
		}
	}
	return nil
}

func (s *Session) packageStart(importPath string) *protocol.Definition {
	if own := s.checker.Own(importPath); own != nil && len(own.Files) > 0 && own.Files[0].Syntax != nil {
		name := own.Files[0].Syntax.Name
		return inside(own.Files[0].Range(name.Pos(), name.End()))
	}
	docs := s.bundle.Docs(importPath)
	if docs == nil || len(docs.Files) == 0 {
		return nil
	}
	return outside(importPath, protocol.Place{File: docs.Files[0], Line: 1, Column: 1}, 0)
}

func inside(at protocol.Range) *protocol.Definition {
	return &protocol.Definition{Kinded: protocol.Kinded{Kind: "definition"}, Range: at}
}

// outside the plugin columns are those of ASCII names, so bytes are units.
func outside(importPath string, place protocol.Place, length int) *protocol.Definition {
	return &protocol.Definition{Kinded: protocol.Kinded{Kind: "definition-outside"}, ImportPath: importPath,
		Range: protocol.Range{Place: place, EndLine: place.Line, EndColumn: place.Column + length}}
}
