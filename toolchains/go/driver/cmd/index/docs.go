package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strings"

	"proxyground.dev/driver/internal/protocol"
)

// Documentation longer than this is cut at a paragraph: a hover is not the place for a chapter.
const docLimit = 700

// docsOf reads the comments and places of a package's exported declarations.
func docsOf(pkg listed) (*protocol.Docs, error) {
	docs := &protocol.Docs{Files: pkg.GoFiles, Symbols: map[string]protocol.Symbol{}}
	fset := token.NewFileSet()
	for i, name := range pkg.GoFiles {
		file, err := parser.ParseFile(fset, filepath.Join(pkg.Dir, name), nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		if docs.Doc == "" {
			docs.Doc = short(file.Doc)
		}
		collect := collector{docs, fset, i}
		for _, decl := range file.Decls {
			collect.declaration(decl)
		}
	}
	return docs, nil
}

type collector struct {
	docs *protocol.Docs
	fset *token.FileSet
	file int
}

func (c collector) declaration(decl ast.Decl) {
	switch decl := decl.(type) {
	case *ast.FuncDecl:
		name := decl.Name.Name
		if decl.Recv != nil && len(decl.Recv.List) == 1 {
			receiver := typeName(decl.Recv.List[0].Type)
			// Methods of types that are not exported can be promoted, so they are kept.
			name = receiver + "." + name
		}
		if decl.Name.IsExported() {
			c.add(name, decl.Name, decl.Doc)
		}
	case *ast.GenDecl:
		for _, spec := range decl.Specs {
			c.spec(decl, spec)
		}
	}
}

func (c collector) spec(decl *ast.GenDecl, spec ast.Spec) {
	switch spec := spec.(type) {
	case *ast.ValueSpec:
		for _, name := range spec.Names {
			if name.IsExported() {
				c.add(name.Name, name, first(spec.Doc, spec.Comment, alone(decl)))
			}
		}
	case *ast.TypeSpec:
		if spec.Name.IsExported() {
			c.add(spec.Name.Name, spec.Name, first(spec.Doc, decl.Doc))
		}
		switch kind := spec.Type.(type) {
		case *ast.StructType:
			c.members(spec.Name.Name, kind.Fields)
		case *ast.InterfaceType:
			c.members(spec.Name.Name, kind.Methods)
		}
	}
}

func (c collector) members(of string, list *ast.FieldList) {
	for _, field := range list.List {
		for _, name := range field.Names {
			if name.IsExported() {
				c.add(of+"."+name.Name, name, first(field.Doc, field.Comment))
			}
		}
	}
}

func (c collector) add(key string, name *ast.Ident, doc *ast.CommentGroup) {
	if _, known := c.docs.Symbols[key]; known {
		return
	}
	position := c.fset.PositionFor(name.Pos(), false)
	c.docs.Symbols[key] = protocol.Symbol{File: c.file, Line: position.Line, Column: position.Column, Doc: short(doc)}
}

// alone is the comment of a declaration that declares one thing only; that of a group speaks of the group.
func alone(decl *ast.GenDecl) *ast.CommentGroup {
	if decl.Lparen.IsValid() {
		return nil
	}
	return decl.Doc
}

func first(groups ...*ast.CommentGroup) *ast.CommentGroup {
	for _, group := range groups {
		if group != nil {
			return group
		}
	}
	return nil
}

func short(group *ast.CommentGroup) string {
	text := strings.TrimSpace(group.Text())
	if len(text) <= docLimit {
		return text
	}
	if cut := strings.LastIndex(text[:docLimit], "\n\n"); cut > 0 {
		return text[:cut]
	}
	if cut := strings.LastIndex(text[:docLimit], ". "); cut > 0 {
		return text[:cut+1]
	}
	return strings.ToValidUTF8(text[:docLimit], "") + "…"
}

func typeName(expr ast.Expr) string {
	switch expr := expr.(type) {
	case *ast.StarExpr:
		return typeName(expr.X)
	case *ast.IndexExpr:
		return typeName(expr.X)
	case *ast.IndexListExpr:
		return typeName(expr.X)
	case *ast.Ident:
		return expr.Name
	}
	return ""
}
