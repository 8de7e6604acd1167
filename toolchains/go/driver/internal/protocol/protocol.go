// Package protocol mirrors src/compile-worker/toolchains/go/driver-protocol.ts, where the meaning of each field stands.
package protocol

// A Request is any operation; the fields an operation does not have stay empty.
type Request struct {
	Op      string            `json:"op"`
	Sdk     string            `json:"sdk"`
	Sources map[string]string `json:"sources"`
	File    string            `json:"file"`
	At      Place             `json:"at"`
	To      string            `json:"to"`
}

// A Place is 1-based; the column counts UTF-16 units.
type Place struct {
	File   string `json:"file"`
	Line   int    `json:"line"`
	Column int    `json:"column"`
}

// A Range has an exclusive end.
type Range struct {
	Place
	EndLine   int `json:"endLine"`
	EndColumn int `json:"endColumn"`
}

// An Index is /pkg/index.json.
type Index struct {
	GoVersion string                  `json:"goVersion"`
	Packages  map[string]IndexPackage `json:"packages"`
	Modules   map[string]IndexModule  `json:"modules"`
	Styles    []Style                 `json:"styles,omitempty"`
}

// A Style is a module that takes the place of another in programs which select one of its identifiers.
type Style struct {
	StandsFor   string   `json:"standsFor"`
	Module      string   `json:"module"`
	Packages    []string `json:"packages"`
	Identifiers []string `json:"identifiers"`
}

// An IndexPackage without a module belongs to the standard library; Imports are those outside it.
type IndexPackage struct {
	Name    string   `json:"name"`
	Module  string   `json:"module,omitempty"`
	Imports []string `json:"imports,omitempty"`
}

// An IndexModule is what the bundle holds of a module.
type IndexModule struct {
	Version string `json:"version"`
	Sum     string `json:"sum"`
}

// Docs is /docs/<import path>.json.
type Docs struct {
	Doc     string            `json:"doc"`
	Files   []string          `json:"files"`
	Symbols map[string]Symbol `json:"symbols"`
}

// Severities of a diagnostic.
const (
	Error   = "error"
	Warning = "warning"
)

// A Diagnostic is one message at a place in a file of the plugin.
type Diagnostic struct {
	Range
	Severity string            `json:"severity"`
	Code     string            `json:"code"`
	Message  string            `json:"message"`
	About    map[string]string `json:"about,omitempty"`
	Fixes    []Fix             `json:"fixes,omitempty"`
}

// Kinds of fixes.
const (
	AddImport      = "add-import"
	RemoveImport   = "remove-import"
	RemoveVariable = "remove-variable"
	UseName        = "use-name"
	AddBrace       = "add-brace"
	AddMain        = "add-main"
	MoveToInit     = "move-to-init"
	SetGoVersion   = "set-go-version"
	VetFix         = "vet-fix"
)

// A Fix repairs what a diagnostic says.
type Fix struct {
	Kind    string `json:"kind"`
	Subject string `json:"subject"`
	Edits   []Edit `json:"edits"`
}

// An Edit replaces a range by a text.
type Edit struct {
	Range
	Text string `json:"text"`
}

// An Answer is one of the structs below, told apart by Kind.
type Answer interface{ answer() }

// Kinded carries the discriminant.
type Kinded struct {
	Kind string `json:"kind"`
}

func (Kinded) answer() {}

// A Verdict is of kind rejected or checked.
type Verdict struct {
	Kinded
	Diagnostics []Diagnostic `json:"diagnostics"`
}

// Text is the whole new text of a file.
type Text struct {
	Kinded
	Text string `json:"text"`
}

// An Internal answer says what went wrong in the driver.
type Internal struct {
	Kinded
	Message string `json:"message"`
}

// A Completion lists what could stand in Replace.
type Completion struct {
	Kinded
	Replace Range  `json:"replace"`
	Items   []Item `json:"items"`
}

// An Item is a CompletionItem of language-service.ts.
type Item struct {
	Label         string `json:"label"`
	Kind          string `json:"kind"`
	Detail        string `json:"detail"`
	Insert        string `json:"insert"`
	Snippet       bool   `json:"snippet"`
	AddImport     string `json:"addImport,omitempty"`
	Documentation string `json:"documentation,omitempty"`
}

// A Hover explains the thing in Range.
type Hover struct {
	Kinded
	Range         Range  `json:"range"`
	Code          string `json:"code"`
	Documentation string `json:"documentation"`
}

// A Definition of kind definition-outside lies in ImportPath's sources.
type Definition struct {
	Kinded
	ImportPath string `json:"importPath,omitempty"`
	Range      Range  `json:"range"`
}

// A Signature describes the call around a place.
type Signature struct {
	Kinded
	Label         string   `json:"label"`
	Parameters    []string `json:"parameters"`
	Active        int      `json:"active"`
	Documentation string   `json:"documentation"`
}

// References are the places in the plugin's files where a name is written that stands for one thing.
type References struct {
	Kinded
	Name   string      `json:"name"`
	Places []Reference `json:"places"`
}

// A Reference is one such place.
type Reference struct {
	Range
	Declares bool `json:"declares"`
}

// A Renaming of kind renamed changes every reference.
type Renaming struct {
	Kinded
	Edits []Edit `json:"edits"`
}

// Why a name is not changed.
const (
	NotOwn         = "not-own"
	NoName         = "no-name"
	Broken         = "broken"
	DoesNotCompile = "does-not-compile"
	MeansElse      = "means-else"
)

// A Refusal of kind not-renamed; Message is what the compiler says, of broken and does-not-compile.
type Refusal struct {
	Kinded
	Reason  string `json:"reason"`
	Message string `json:"message"`
}

// An Outline lists what a file declares, in its order.
type Outline struct {
	Kinded
	Items []OutlineItem `json:"items"`
}

// An OutlineItem is one declaration; Name tells where its name stands.
type OutlineItem struct {
	Label    string        `json:"label"`
	Kind     string        `json:"kind"`
	Detail   string        `json:"detail"`
	Range    Range         `json:"range"`
	Name     Range         `json:"name"`
	Children []OutlineItem `json:"children"`
}

// A Plan says what to compile and link.
type Plan struct {
	Kinded
	Packages []Package    `json:"packages"`
	Link     Link         `json:"link"`
	Warnings []Diagnostic `json:"warnings"`
	Notes    []string     `json:"notes"`
}

// Link is the last step of a plan.
type Link struct {
	Imports []string `json:"imports"`
	Modinfo string   `json:"modinfo"`
	Flags   []string `json:"flags"`
}

// A Package is one run of compile.
type Package struct {
	ImportPath string            `json:"importPath"`
	Files      []string          `json:"files"`
	Generated  []Generated       `json:"generated"`
	Imports    []Import          `json:"imports"`
	ImportMap  map[string]string `json:"importMap"`
	Flags      []string          `json:"flags"`
	Embed      *Embed            `json:"embed,omitempty"`
}

// Generated is a source the driver adds.
type Generated struct {
	Path string `json:"path"`
	Text string `json:"text"`
}

// An Import is a line of an importcfg; From is plugin or bundle.
type Import struct {
	ImportPath string `json:"importPath"`
	From       string `json:"from"`
}

// Embed is the content of -embedcfg.
type Embed struct {
	Patterns map[string][]string `json:"patterns"`
	Files    map[string]string   `json:"files"`
}
