package editor

import (
	"go/ast"
	"go/token"
	"go/types"

	"proxyground.dev/driver/internal/protocol"
)

// expectedType is the type that a value at the place should have; nil when any will do.
func (s *Session) expectedType() types.Type {
	for i, node := range s.path {
		if i == 0 {
			continue
		}
		child := s.path[i-1]
		switch node := node.(type) {
		case *ast.SelectorExpr, *ast.ParenExpr:
			continue
		case *ast.CallExpr:
			return s.parameterType(node, child)
		case *ast.AssignStmt:
			return s.assigned(node, child)
		case *ast.ValueSpec:
			if node.Type != nil && child != node.Type {
				return s.pkg.Info.TypeOf(node.Type)
			}
		case *ast.ReturnStmt:
			return s.returned(node, child)
		case *ast.BinaryExpr:
			return s.operand(node, child)
		case *ast.KeyValueExpr:
			if key, ok := node.Key.(*ast.Ident); ok && child == node.Value {
				if field := s.pkg.Info.Uses[key]; field != nil {
					return field.Type()
				}
			}
		case *ast.IfStmt:
			if child == node.Cond {
				return types.Typ[types.Bool]
			}
		}
		return nil
	}
	return nil
}

func (s *Session) parameterType(call *ast.CallExpr, child ast.Node) types.Type {
	fun := s.pkg.Info.Types[call.Fun]
	if fun.Type == nil || fun.IsType() {
		return nil
	}
	signature, ok := fun.Type.Underlying().(*types.Signature)
	if !ok {
		return nil
	}
	for i, arg := range call.Args {
		if arg != child {
			continue
		}
		last := signature.Params().Len() - 1
		if signature.Variadic() && i >= last {
			if slice, ok := signature.Params().At(last).Type().(*types.Slice); ok {
				return slice.Elem()
			}
		}
		if i <= last {
			return signature.Params().At(i).Type()
		}
	}
	return nil
}

func (s *Session) assigned(statement *ast.AssignStmt, child ast.Node) types.Type {
	for i, right := range statement.Rhs {
		if right == child && i < len(statement.Lhs) && statement.Tok != token.DEFINE {
			return s.pkg.Info.TypeOf(statement.Lhs[i])
		}
	}
	return nil
}

func (s *Session) returned(statement *ast.ReturnStmt, child ast.Node) types.Type {
	for _, node := range s.path {
		var function *ast.FuncType
		switch node := node.(type) {
		case *ast.FuncLit:
			function = node.Type
		case *ast.FuncDecl:
			function = node.Type
		default:
			continue
		}
		if function.Results == nil {
			return nil
		}
		var results []types.Type
		for _, field := range function.Results.List {
			for range max(len(field.Names), 1) {
				results = append(results, s.pkg.Info.TypeOf(field.Type))
			}
		}
		for i, result := range statement.Results {
			if result == child && i < len(results) {
				return results[i]
			}
		}
		return nil
	}
	return nil
}

func (s *Session) operand(expression *ast.BinaryExpr, child ast.Node) types.Type {
	other := expression.X
	if child == expression.X {
		other = expression.Y
	}
	if expression.Op == token.SHL || expression.Op == token.SHR {
		return nil
	}
	t := s.pkg.Info.TypeOf(other)
	if t == nil || t == types.Typ[types.Invalid] {
		return nil
	}
	return types.Default(t)
}

// fieldsOfLiteral offers the fields of a struct between the braces of its literal, those that are not set yet.
func (s *Session) fieldsOfLiteral(l *list) {
	if len(s.path) < 2 {
		return
	}
	around := s.path[1:]
	if pair, ok := around[0].(*ast.KeyValueExpr); ok {
		if pair.Key != s.path[0] || len(around) < 2 {
			return
		}
		around = around[1:]
	}
	literal, ok := around[0].(*ast.CompositeLit)
	if !ok {
		return
	}
	t := s.pkg.Info.TypeOf(literal)
	if t == nil {
		return
	}
	if pointer, ok := t.Underlying().(*types.Pointer); ok {
		t = pointer.Elem()
	}
	structure, ok := t.Underlying().(*types.Struct)
	if !ok {
		return
	}
	set := map[string]bool{}
	for _, element := range literal.Elts {
		if pair, ok := element.(*ast.KeyValueExpr); ok {
			if key, ok := pair.Key.(*ast.Ident); ok && ast.Node(key) != s.path[0] {
				set[key.Name] = true
			}
		}
	}
	for i := range structure.NumFields() {
		field := structure.Field(i)
		if set[field.Name()] || !field.Exported() && field.Pkg() != s.pkg.Types {
			continue
		}
		l.add(protocol.Item{Label: field.Name(), Kind: "field", Detail: types.TypeString(field.Type(), s.qualifier),
			Insert: field.Name() + ": ", Documentation: s.documentation(field)}, -20)
	}
}
