package proxyground

import (
	"go/ast"
	"go/token"
	"go/types"
	"reflect"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/passes/appends"
	"golang.org/x/tools/go/analysis/passes/assign"
	"golang.org/x/tools/go/analysis/passes/bools"
	"golang.org/x/tools/go/analysis/passes/copylock"
	"golang.org/x/tools/go/analysis/passes/defers"
	"golang.org/x/tools/go/analysis/passes/errorsas"
	"golang.org/x/tools/go/analysis/passes/ifaceassert"
	"golang.org/x/tools/go/analysis/passes/loopclosure"
	"golang.org/x/tools/go/analysis/passes/nilfunc"
	"golang.org/x/tools/go/analysis/passes/printf"
	"golang.org/x/tools/go/analysis/passes/shift"
	"golang.org/x/tools/go/analysis/passes/stdmethods"
	"golang.org/x/tools/go/analysis/passes/stringintconv"
	"golang.org/x/tools/go/analysis/passes/structtag"
	"golang.org/x/tools/go/analysis/passes/unmarshal"
	"golang.org/x/tools/go/analysis/passes/unreachable"
	"golang.org/x/tools/go/analysis/passes/unusedresult"
)

// The analyses of `go vet` that say something about plugins, as Go itself brings them (cmd/vendor).
var analyses = []*analysis.Analyzer{
	appends.Analyzer, assign.Analyzer, bools.Analyzer, copylock.Analyzer, defers.Analyzer, errorsas.Analyzer,
	ifaceassert.Analyzer, loopclosure.Analyzer, nilfunc.Analyzer, printf.Analyzer, shift.Analyzer, stdmethods.Analyzer,
	stringintconv.Analyzer, structtag.Analyzer, unmarshal.Analyzer, unreachable.Analyzer, unusedresult.Analyzer,
}

// A Finding of an analysis; End may be missing. Edits repair it, where the analysis knows how.
type Finding struct {
	Analysis string
	Pos, End token.Pos
	Message  string
	Fix      string
	Edits    []FindingEdit
}

// A FindingEdit replaces the text from Pos to End.
type FindingEdit struct {
	Pos, End token.Pos
	Text     string
}

// PrintFunctions names functions that format as fmt.Printf does: as types.Func.FullName writes them.
func PrintFunctions(names []string) {
	if err := printf.Analyzer.Flags.Set("funcs", strings.Join(names, ",")); err != nil {
		panic(err)
	}
}

// Vet runs the analyses over one package whose types are right. Nothing is known of what imported packages' functions
// do, except those of PrintFunctions.
func Vet(fset *token.FileSet, files []*ast.File, pkg *types.Package, info *types.Info, sizes types.Sizes, goVersion string) []Finding {
	v := &vet{results: map[*analysis.Analyzer]any{}, failed: map[*analysis.Analyzer]bool{}, facts: map[factKey]analysis.Fact{}}
	v.pass = analysis.Pass{
		Fset: fset, Files: files, Pkg: pkg, TypesInfo: info, TypesSizes: sizes,
		Module:            &analysis.Module{GoVersion: goVersion},
		ImportObjectFact:  v.importFact,
		ExportObjectFact:  func(obj types.Object, fact analysis.Fact) { v.facts[factKey{obj, reflect.TypeOf(fact)}] = fact },
		ImportPackageFact: func(*types.Package, analysis.Fact) bool { return false },
		ExportPackageFact: func(analysis.Fact) {},
		AllObjectFacts:    func() []analysis.ObjectFact { return nil },
		AllPackageFacts:   func() []analysis.PackageFact { return nil },
		ReadFile:          func(string) ([]byte, error) { return nil, errNoFile{} },
	}
	for _, each := range analyses {
		// Without the package errors, errorsas looks for a nil object in a map of all that the package uses. In a map of more
		// than 896 keys that traps on wasm since Go 1.26: the hash of nil has 64 bits there, the shift is one for 32.
		if each != errorsas.Analyzer || imports(pkg, "errors") {
			v.run(each, true)
		}
	}
	return v.found
}

func imports(pkg *types.Package, path string) bool {
	return slices.ContainsFunc(pkg.Imports(), func(p *types.Package) bool { return p.Path() == path })
}

type errNoFile struct{}

func (errNoFile) Error() string { return "there are no files" }

type factKey struct {
	obj  types.Object
	kind reflect.Type
}

type vet struct {
	pass    analysis.Pass
	results map[*analysis.Analyzer]any
	failed  map[*analysis.Analyzer]bool
	facts   map[factKey]analysis.Fact
	found   []Finding
}

func (v *vet) importFact(obj types.Object, fact analysis.Fact) bool {
	known, ok := v.facts[factKey{obj, reflect.TypeOf(fact)}]
	if ok {
		reflect.ValueOf(fact).Elem().Set(reflect.ValueOf(known).Elem())
	}
	return ok
}

// run an analysis after those it needs. One that fails says nothing: it is no error of the plugin.
func (v *vet) run(a *analysis.Analyzer, report bool) {
	if _, done := v.results[a]; done || v.failed[a] {
		return
	}
	pass := v.pass
	pass.Analyzer = a
	pass.ResultOf = map[*analysis.Analyzer]any{}
	for _, needed := range a.Requires {
		v.run(needed, false)
		if v.failed[needed] {
			v.failed[a] = true
			return
		}
		pass.ResultOf[needed] = v.results[needed]
	}
	pass.Report = func(d analysis.Diagnostic) {
		if report {
			v.found = append(v.found, finding(a.Name, d))
		}
	}
	defer func() {
		if recover() != nil {
			v.failed[a] = true
		}
	}()
	result, err := a.Run(&pass)
	v.failed[a] = err != nil
	v.results[a] = result
}

func finding(name string, d analysis.Diagnostic) Finding {
	f := Finding{Analysis: name, Pos: d.Pos, End: d.End, Message: d.Message}
	if len(d.SuggestedFixes) == 0 {
		return f
	}
	f.Fix = d.SuggestedFixes[0].Message
	for _, e := range d.SuggestedFixes[0].TextEdits {
		f.Edits = append(f.Edits, FindingEdit{e.Pos, e.End, string(e.NewText)})
	}
	return f
}
