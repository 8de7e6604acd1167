package compiler

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"cmd/compile/proxyground"
)

// A Finding of one of the analyses of `go vet`.
type Finding = proxyground.Finding

// Vet runs those analyses of `go vet` over a package that say something about plugins.
func Vet(fset *token.FileSet, files []*ast.File, pkg *types.Package, info *types.Info, sizes types.Sizes, goVersion string) []Finding {
	return proxyground.Vet(fset, files, pkg, info, sizes, goVersion)
}

// The functions of the SDKs that format: of the loggers and of proxywasm in all generations (go-api.md).
func init() {
	var names []string
	for _, level := range []string{"Trace", "Debug", "Info", "Warn", "Error", "Critical", "UnsafeInfo"} {
		for _, of := range []string{"github.com/higress-group/wasm-go/pkg/log.", "(github.com/higress-group/wasm-go/pkg/log.Log)."} {
			names = append(names, of+level+"f")
		}
		for _, module := range []string{"higress-group/", "proxy-wasm/", "tetratelabs/"} {
			names = append(names, "github.com/"+module+"proxy-wasm-go-sdk/proxywasm.Log"+level+"f")
		}
	}
	proxyground.PrintFunctions([]string{strings.Join(names, ",")})
}
