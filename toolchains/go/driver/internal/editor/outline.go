package editor

import (
	"go/ast"
	"go/token"
	"strings"

	"proxyground.dev/driver/internal/check"
	"proxyground.dev/driver/internal/protocol"
)

// Outline lists what a file declares, as far as it can be parsed.
func Outline(file *check.File) protocol.Outline {
	answer := protocol.Outline{Kinded: protocol.Kinded{Kind: "outline"}, Items: []protocol.OutlineItem{}}
	if file.Syntax == nil {
		return answer
	}
	for _, declaration := range file.Syntax.Decls {
		switch declaration := declaration.(type) {
		case *ast.FuncDecl:
			answer.Items = append(answer.Items, outlineOfFunction(file, declaration))
		case *ast.GenDecl:
			for _, spec := range declaration.Specs {
				answer.Items = append(answer.Items, outlineOfSpec(file, declaration, spec)...)
			}
		}
	}
	return answer
}

func outlineOfFunction(file *check.File, f *ast.FuncDecl) protocol.OutlineItem {
	detail := strings.TrimSpace(text(file, f.Type.Params) + " " + text(file, f.Type.Results))
	item := outlineItem(file, f.Name, f, "function", detail)
	if f.Recv != nil && len(f.Recv.List) > 0 {
		item.Kind = "method"
		receiver := text(file, f.Recv.List[0].Type)
		if strings.HasPrefix(receiver, "*") {
			receiver = "(" + receiver + ")"
		}
		item.Label = receiver + "." + item.Label
	}
	return item
}

func outlineOfSpec(file *check.File, around *ast.GenDecl, spec ast.Spec) []protocol.OutlineItem {
	// What is declared alone has its keyword and comment with it.
	var whole ast.Node = spec
	if !around.Lparen.IsValid() {
		whole = around
	}
	var list []protocol.OutlineItem
	switch spec := spec.(type) {
	case *ast.TypeSpec:
		item := outlineItem(file, spec.Name, whole, "type", "")
		switch t := spec.Type.(type) {
		case *ast.StructType:
			item.Detail, item.Children = "struct", outlineOfFields(file, t.Fields, "field")
		case *ast.InterfaceType:
			item.Kind, item.Detail, item.Children = "interface", "interface", outlineOfFields(file, t.Methods, "method")
		default:
			item.Detail = text(file, t)
		}
		list = append(list, item)
	case *ast.ValueSpec:
		kind := "variable"
		if around.Tok == token.CONST {
			kind = "constant"
		}
		for _, name := range spec.Names {
			if name.Name != "_" {
				list = append(list, outlineItem(file, name, whole, kind, text(file, spec.Type)))
			}
		}
	}
	return list
}

func outlineOfFields(file *check.File, fields *ast.FieldList, kind string) []protocol.OutlineItem {
	list := []protocol.OutlineItem{}
	for _, field := range fields.List {
		for _, name := range field.Names {
			list = append(list, outlineItem(file, name, field, kind, text(file, field.Type)))
		}
		if name := calledIdent(embeddedName(field)); name != nil {
			list = append(list, outlineItem(file, name, field, kind, text(file, field.Type)))
		}
	}
	return list
}

func embeddedName(field *ast.Field) ast.Expr {
	if len(field.Names) > 0 {
		return nil
	}
	if star, ok := field.Type.(*ast.StarExpr); ok {
		return star.X
	}
	return field.Type
}

func outlineItem(file *check.File, name *ast.Ident, whole ast.Node, kind, detail string) protocol.OutlineItem {
	return protocol.OutlineItem{
		Label: name.Name, Kind: kind, Detail: detail, Children: []protocol.OutlineItem{},
		Range: file.Range(whole.Pos(), whole.End()), Name: file.Range(name.Pos(), name.End()),
	}
}

// text of a node as it stands in the file, on one line and not too long; empty of none.
func text(file *check.File, node ast.Node) string {
	switch node := node.(type) {
	case nil:
		return ""
	case *ast.FieldList:
		if node == nil {
			return ""
		}
	}
	start, end := file.Offset(node.Pos()), file.Offset(node.End())
	line := strings.Join(strings.Fields(file.Text.Body[start:max(start, end)]), " ")
	if letters := []rune(line); len(letters) > 80 {
		return string(letters[:79]) + "…"
	}
	return line
}
