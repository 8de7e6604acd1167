package editor

import "go/types"

// sameShape says whether a function could be an argument of a generic function that expects one like expected: the same
// number of parameters and results, and the same types wherever no type parameter is left open
// (wrapper.ParseConfigBy(parseConfig)).
func sameShape(function, expected *types.Signature) bool {
	return sameTuple(function.Params(), expected.Params()) && sameTuple(function.Results(), expected.Results()) &&
		function.Variadic() == expected.Variadic()
}

func sameTuple(a, b *types.Tuple) bool {
	if a.Len() != b.Len() {
		return false
	}
	for i := range a.Len() {
		if !open(b.At(i).Type()) && !types.Identical(a.At(i).Type(), b.At(i).Type()) {
			return false
		}
	}
	return true
}

// openSignature says whether a signature has type parameters that are not known yet.
func openSignature(signature *types.Signature) bool {
	for _, tuple := range []*types.Tuple{signature.Params(), signature.Results()} {
		for i := range tuple.Len() {
			if open(tuple.At(i).Type()) {
				return true
			}
		}
	}
	return false
}

func open(t types.Type) bool {
	switch t := t.(type) {
	case *types.TypeParam:
		return true
	case *types.Pointer:
		return open(t.Elem())
	case *types.Slice:
		return open(t.Elem())
	case *types.Map:
		return open(t.Key()) || open(t.Elem())
	case *types.Named:
		for i := range t.TypeArgs().Len() {
			if open(t.TypeArgs().At(i)) {
				return true
			}
		}
	}
	return false
}
