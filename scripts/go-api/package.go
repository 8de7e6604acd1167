package main

import (
	"fmt"
	"go/ast"
	"go/build"
	"go/parser"
	"go/token"
	"sort"
	"strings"
)

// readPackage lists the exported names of the package in dir, sorted by text.
func readPackage(dir string) ([]item, error) {
	context := build.Default
	context.GOOS, context.GOARCH = "wasip1", "wasm"
	found, err := context.ImportDir(dir, 0)
	if err != nil {
		return nil, err
	}
	lines := map[string]bool{}
	var all []ast.Decl
	for _, name := range found.GoFiles {
		file, err := parser.ParseFile(token.NewFileSet(), dir+"/"+name, nil, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		all = append(all, file.Decls...)
		for _, declaration := range file.Decls {
			for _, line := range declared(declaration) {
				lines[line] = true
			}
		}
	}
	for _, line := range promoted(all) {
		lines[line] = true
	}
	items := make([]item, 0, len(lines))
	for line := range lines {
		parsed, err := parseItem(line)
		if err != nil {
			return nil, fmt.Errorf("%s: %q: %w", dir, line, err)
		}
		items = append(items, parsed)
	}
	sort.Slice(items, func(a, b int) bool { return items[a].text < items[b].text })
	return items, nil
}

func declared(declaration ast.Decl) []string {
	switch node := declaration.(type) {
	case *ast.FuncDecl:
		return function(node)
	case *ast.GenDecl:
		return general(node)
	}
	return nil
}

func function(node *ast.FuncDecl) []string {
	if !node.Name.IsExported() {
		return nil
	}
	receiver := ""
	if node.Recv != nil {
		receiver = render(node.Recv.List[0].Type)
		if !ast.IsExported(strings.TrimPrefix(receiver, "*")) {
			return nil
		}
		receiver = "(" + receiver + ") "
	}
	return []string{"func " + receiver + node.Name.Name + typeParameters(node.Type.TypeParams) + named(node.Type)}
}

// named is a signature as it stands in the source, with the names of parameters.
func named(node *ast.FuncType) string {
	return fieldList(node.Params, true) + strings.TrimSuffix(" "+fieldList(node.Results, false), " ")
}

func fieldList(list *ast.FieldList, always bool) string {
	if list == nil || len(list.List) == 0 {
		if always {
			return "()"
		}
		return ""
	}
	var all []string
	for _, field := range list.List {
		names := make([]string, 0, len(field.Names))
		for _, name := range field.Names {
			names = append(names, name.Name)
		}
		all = append(all, strings.TrimPrefix(strings.Join(names, ", ")+" "+source(field.Type), " "))
	}
	if !always && len(all) == 1 && len(list.List[0].Names) == 0 {
		return all[0]
	}
	return "(" + strings.Join(all, ", ") + ")"
}

func source(expression ast.Expr) string {
	if node, ok := expression.(*ast.FuncType); ok {
		return "func" + named(node)
	}
	return render(expression)
}

func general(node *ast.GenDecl) []string {
	var lines []string
	for _, spec := range node.Specs {
		switch spec := spec.(type) {
		case *ast.TypeSpec:
			if spec.Name.IsExported() {
				lines = append(lines, ofType(spec)...)
			}
		case *ast.ValueSpec:
			lines = append(lines, values(spec)...)
		}
	}
	return lines
}

func values(spec *ast.ValueSpec) []string {
	var lines []string
	for index, name := range spec.Names {
		if !name.IsExported() {
			continue
		}
		line := "value " + name.Name
		if spec.Type != nil {
			line += " " + render(spec.Type)
		}
		if index < len(spec.Values) {
			line += " = " + render(spec.Values[index])
		}
		lines = append(lines, line)
	}
	return lines
}

func ofType(spec *ast.TypeSpec) []string {
	switch node := spec.Type.(type) {
	case *ast.InterfaceType:
		return members("interface "+spec.Name.Name, node.Methods)
	case *ast.StructType:
		return members("struct "+spec.Name.Name, node.Fields)
	}
	alias := ""
	if spec.Assign.IsValid() {
		alias = "= "
	}
	return []string{"type " + spec.Name.Name + " " + alias + source(spec.Type)}
}

func members(owner string, list *ast.FieldList) []string {
	lines := []string{owner + ""}
	for _, field := range list.List {
		if len(field.Names) == 0 {
			embedded := render(field.Type)
			if plain := embedded[strings.LastIndexAny(embedded, "*.")+1:]; ast.IsExported(plain) {
				lines = append(lines, owner+" embeds "+embedded)
			}
		}
		for _, name := range field.Names {
			if !name.IsExported() {
				continue
			}
			if method, ok := field.Type.(*ast.FuncType); ok && strings.HasPrefix(owner, "interface ") {
				lines = append(lines, owner+"."+name.Name+named(method))
			} else {
				lines = append(lines, owner+"."+name.Name+" "+source(field.Type))
			}
		}
	}
	return lines
}
