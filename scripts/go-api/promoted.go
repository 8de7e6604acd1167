package main

import "go/ast"

// promoted lists what exported structs have of unexported structs of the same package that they embed: their exported
// methods, which callers see like the struct's own. A method that the struct declares itself goes before.
func promoted(declarations []ast.Decl) []string {
	methods := map[string][]*ast.FuncDecl{}
	for _, declaration := range declarations {
		if node, ok := declaration.(*ast.FuncDecl); ok && node.Recv != nil && node.Name.IsExported() {
			name := receiverName(node)
			methods[name] = append(methods[name], node)
		}
	}
	var lines []string
	for _, declaration := range declarations {
		node, ok := declaration.(*ast.GenDecl)
		if !ok {
			continue
		}
		for _, spec := range node.Specs {
			if spec, ok := spec.(*ast.TypeSpec); ok && spec.Name.IsExported() {
				lines = append(lines, promotedTo(spec, methods)...)
			}
		}
	}
	return lines
}

func promotedTo(spec *ast.TypeSpec, methods map[string][]*ast.FuncDecl) []string {
	structure, ok := spec.Type.(*ast.StructType)
	if !ok {
		return nil
	}
	has := map[string]bool{}
	for _, own := range methods[spec.Name.Name] {
		has[own.Name.Name] = true
	}
	owner := spec.Name.Name
	if names := typeParameterNames(spec.TypeParams); names != "" {
		owner += "[" + names + "]"
	}
	var lines []string
	for _, field := range structure.Fields.List {
		embedded, ok := field.Type.(*ast.Ident)
		if !ok || len(field.Names) > 0 || embedded.IsExported() {
			continue
		}
		for _, method := range methods[embedded.Name] {
			if has[method.Name.Name] {
				continue
			}
			pointer := ""
			if _, ok := method.Recv.List[0].Type.(*ast.StarExpr); ok {
				pointer = "*"
			}
			lines = append(lines, "func ("+pointer+owner+") "+method.Name.Name+named(method.Type))
		}
	}
	return lines
}

func typeParameterNames(list *ast.FieldList) string {
	all := ""
	if list == nil {
		return all
	}
	for _, field := range list.List {
		for _, name := range field.Names {
			if all != "" {
				all += ", "
			}
			all += name.Name
		}
	}
	return all
}

// receiverName is the type of a method without its star and its parameters.
func receiverName(node *ast.FuncDecl) string {
	expression := node.Recv.List[0].Type
	for {
		switch inner := expression.(type) {
		case *ast.StarExpr:
			expression = inner.X
		case *ast.IndexExpr:
			expression = inner.X
		case *ast.IndexListExpr:
			expression = inner.X
		case *ast.Ident:
			return inner.Name
		default:
			return ""
		}
	}
}
