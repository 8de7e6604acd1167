package editor

import (
	"go/token"
	"go/types"
)

func tokenLength(object types.Object) token.Pos { return token.Pos(len(object.Name())) }

// builtins as https://pkg.go.dev/builtin declares them.
var builtins = map[string]string{
	"append":  "append(slice []Type, elems ...Type) []Type",
	"cap":     "cap(v Type) int",
	"clear":   "clear(t Type)",
	"close":   "close(c chan<- Type)",
	"complex": "complex(r, i FloatType) ComplexType",
	"copy":    "copy(dst, src []Type) int",
	"delete":  "delete(m map[Type]Type1, key Type)",
	"imag":    "imag(c ComplexType) FloatType",
	"len":     "len(v Type) int",
	"make":    "make(t Type, size ...IntegerType) Type",
	"max":     "max(x Type, y ...Type) Type",
	"min":     "min(x Type, y ...Type) Type",
	"new":     "new(Type) *Type",
	"panic":   "panic(v any)",
	"print":   "print(args ...Type)",
	"println": "println(args ...Type)",
	"real":    "real(c ComplexType) FloatType",
	"recover": "recover() any",
}

func builtinSignature(name string) string {
	if text, ok := builtins[name]; ok {
		return text
	}
	return name + "(…)"
}
