package editor

import (
	"go/ast"
	"go/types"
	"strings"

	"proxyground.dev/driver/internal/protocol"
)

// Signature of the call whose arguments the place lies in; nil outside of one.
func (s *Session) Signature() *protocol.Signature {
	call := s.callAround()
	if call == nil {
		return nil
	}
	name := calledName(call.Fun)
	answer := &protocol.Signature{Kinded: protocol.Kinded{Kind: "signature"}, Parameters: []string{}}
	fun := s.pkg.Info.Types[call.Fun]
	switch {
	case fun.IsBuiltin():
		answer.Label = builtinSignature(name)
		_, rest, _ := strings.Cut(answer.Label, "(")
		rest, _, _ = strings.Cut(rest, ")")
		answer.Parameters = strings.Split(rest, ", ")
	case fun.IsType() || fun.Type == nil:
		return nil
	default:
		signature, ok := fun.Type.Underlying().(*types.Signature)
		if !ok {
			return nil
		}
		answer.Parameters = s.parameters(signature)
		answer.Label = name + "(" + strings.Join(answer.Parameters, ", ") + ")" + s.results(signature)
	}
	if identifier := calledIdent(call.Fun); identifier != nil {
		if object := s.pkg.Info.Uses[identifier]; object != nil {
			answer.Documentation = s.documentation(object)
		}
	}
	answer.Active = min(s.argument(call), max(len(answer.Parameters)-1, 0))
	return answer
}

// callAround is the innermost call between whose brackets the place is.
func (s *Session) callAround() *ast.CallExpr {
	for _, node := range s.path {
		switch node := node.(type) {
		case *ast.CallExpr:
			if s.file.Offset(node.Lparen) < s.offset && (!node.Rparen.IsValid() || s.offset <= s.file.Offset(node.Rparen)) {
				return node
			}
		case *ast.FuncLit:
			// Inside the body of a function that is an argument, the call is far away.
			if s.offset > s.file.Offset(node.Body.Lbrace) {
				return nil
			}
		}
	}
	return nil
}

// argument that the place belongs to, from 0: one more than the arguments that end before it with a comma.
func (s *Session) argument(call *ast.CallExpr) int {
	body := s.file.Text.Body
	for i, arg := range call.Args {
		end := s.file.Offset(arg.End())
		if end >= s.offset || !strings.Contains(body[end:s.offset], ",") {
			return i
		}
	}
	return len(call.Args)
}

func (s *Session) parameters(signature *types.Signature) []string {
	list := make([]string, 0, signature.Params().Len())
	for i := range signature.Params().Len() {
		parameter := signature.Params().At(i)
		text := types.TypeString(parameter.Type(), s.qualifier)
		if signature.Variadic() && i == signature.Params().Len()-1 {
			text = "..." + strings.TrimPrefix(text, "[]")
		}
		if parameter.Name() != "" {
			text = parameter.Name() + " " + text
		}
		list = append(list, text)
	}
	return list
}

func (s *Session) results(signature *types.Signature) string {
	switch results := signature.Results(); results.Len() {
	case 0:
		return ""
	case 1:
		if results.At(0).Name() == "" {
			return " " + types.TypeString(results.At(0).Type(), s.qualifier)
		}
	}
	return " " + types.TypeString(signature.Results(), s.qualifier)
}

func calledIdent(fun ast.Expr) *ast.Ident {
	switch fun := ast.Unparen(fun).(type) {
	case *ast.Ident:
		return fun
	case *ast.SelectorExpr:
		return fun.Sel
	case *ast.IndexExpr:
		return calledIdent(fun.X)
	case *ast.IndexListExpr:
		return calledIdent(fun.X)
	}
	return nil
}

func calledName(fun ast.Expr) string {
	if name := calledIdent(fun); name != nil {
		return name.Name
	}
	return "func"
}
