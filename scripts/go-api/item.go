package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/printer"
	"go/token"
	"strings"
)

// item is one public name. Items with one key are the same name; their shapes say whether they are alike: types without
// the names of parameters, which no caller sees.
type item struct {
	text  string
	key   string
	shape string
}

// The forms of a line:
//
//	func Name(parameters) results
//	func (Receiver) Name(parameters) results
//	interface Name.Method(parameters) results
//	interface Name embeds Type
//	interface Name
//	struct Name.Field Type
//	struct Name embeds Type
//	struct Name
//	type Name Underlying
//	value Name Type = value
func parseItem(line string) (item, error) {
	kind, rest, _ := strings.Cut(line, " ")
	switch kind {
	case "func":
		return functionItem(line)
	case "interface":
		name, method, isMethod := strings.Cut(rest, ".")
		if !isMethod || strings.Contains(name, " embeds ") {
			return item{line, line, ""}, nil
		}
		made, err := functionItem("func " + method)
		if err != nil {
			return item{}, err
		}
		shape := "interface " + name + "." + strings.TrimPrefix(made.shape, "func ")
		return item{line, "interface " + name + "." + strings.TrimPrefix(made.key, "func "), shape}, nil
	case "struct":
		name, field, isField := strings.Cut(rest, " ")
		if !isField || strings.HasPrefix(field, "embeds ") {
			return item{line, line, ""}, nil
		}
		shape, err := typeShape(field)
		return item{line, "struct " + name, "struct " + name + " " + shape}, err
	case "type":
		name, underlying, _ := strings.Cut(rest, " ")
		underlying = strings.TrimPrefix(underlying, "= ")
		shape, err := typeShape(underlying)
		return item{line, "type " + name, "type " + name + " " + shape}, err
	case "value":
		return valueItem(line, rest), nil
	}
	return item{}, fmt.Errorf("unknown kind of line")
}

// valueItem keeps the value of a constant where the line gives a literal one: other expressions have no say.
func valueItem(line, rest string) item {
	declared, value, _ := strings.Cut(rest, " = ")
	name, _, _ := strings.Cut(declared, " ")
	if value == "" || !strings.ContainsAny(value[:1], `"0123456789-tf`) {
		return item{line, "value " + name, ""}
	}
	return item{line, "value " + name, "value " + declared + " = " + value}
}

func functionItem(line string) (item, error) {
	file, err := parser.ParseFile(token.NewFileSet(), "", "package p\n"+line, parser.SkipObjectResolution)
	if err != nil {
		return item{}, err
	}
	declared, ok := file.Decls[0].(*ast.FuncDecl)
	if !ok {
		return item{}, fmt.Errorf("not a function")
	}
	return ofFunction(declared, line), nil
}

func ofFunction(declared *ast.FuncDecl, line string) item {
	prefix := "func "
	if declared.Recv != nil {
		prefix += "(" + render(declared.Recv.List[0].Type) + ") "
	}
	name := prefix + declared.Name.Name
	shape := name + typeParameters(declared.Type.TypeParams) + signature(declared.Type)
	// T and *T have the method alike for callers that hold a pointer; which one it is stays part of the shape.
	return item{line, strings.ReplaceAll(name, "(*", "("), shape}
}

func typeParameters(list *ast.FieldList) string {
	if list == nil {
		return ""
	}
	var all []string
	for _, field := range list.List {
		for _, name := range field.Names {
			all = append(all, name.Name+" "+render(field.Type))
		}
	}
	return "[" + strings.Join(all, ", ") + "]"
}

func signature(function *ast.FuncType) string {
	results := types(function.Results)
	out := ""
	if len(results) == 1 {
		out = " " + results[0]
	} else if len(results) > 1 {
		out = " (" + strings.Join(results, ", ") + ")"
	}
	return "(" + strings.Join(types(function.Params), ", ") + ")" + out
}

func types(list *ast.FieldList) []string {
	if list == nil {
		return nil
	}
	var all []string
	for _, field := range list.List {
		for range max(1, len(field.Names)) {
			all = append(all, render(field.Type))
		}
	}
	return all
}

func typeShape(source string) (string, error) {
	expression, err := parser.ParseExpr(source)
	if err != nil {
		return "", err
	}
	return render(expression), nil
}

// render prints a type, functions without the names of their parameters.
func render(expression ast.Expr) string {
	switch node := expression.(type) {
	case *ast.FuncType:
		return "func" + signature(node)
	case *ast.Ellipsis:
		return "..." + render(node.Elt)
	case *ast.StarExpr:
		return "*" + render(node.X)
	case *ast.MapType:
		return "map[" + render(node.Key) + "]" + render(node.Value)
	}
	var text strings.Builder
	if err := printer.Fprint(&text, token.NewFileSet(), expression); err != nil {
		panic(err)
	}
	return normal(text.String())
}

func normal(text string) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(text, "interface{}", "any")), " ")
}
