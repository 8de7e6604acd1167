package project

// Codes of our own diagnostics; those of go/types keep their names (compiler.CodeName).
const (
	CodeSyntax   = "GO-SYNTAX"   // the file does not parse
	CodeModule   = "GO-MODULE"   // a module that is not in the bundle
	CodePackage  = "GO-PACKAGE"  // a package that its module in the bundle does not have
	CodeStd      = "GO-STD"      // a package that the standard library does not have
	CodeRelative = "GO-RELATIVE" // an import path that is a folder
	CodeFolder   = "GO-FOLDER"   // a package of the plugin without a folder
	CodeProgram  = "GO-PROGRAM"  // an import of a program
	CodeCycle    = "GO-CYCLE"    // packages that import each other
	CodeInternal = "GO-INTERNAL" // an internal package of somebody else
	CodeCgo      = "GO-CGO"      // import "C"
	CodeForeign  = "GO-FOREIGN"  // C, assembly: files that need more than Go's compiler
	CodeEmbed    = "GO-EMBED"    // a go:embed that matches nothing
	CodeNames    = "GO-NAMES"    // several package names in one folder
	CodeNoFiles  = "GO-NOFILES"  // nothing to build
	CodeNotMain  = "GO-NOTMAIN"  // the plugin's package is not main
	CodeNoMain   = "GO-NOMAIN"   // package main without func main
	CodeMain     = "GO-MAIN"     // registers in main, which never runs
	CodeMod      = "GO-MOD"      // go.mod is not understood
	CodeNoModule = "GO-NOMODULE" // go.mod names no module
	CodeOutside  = "GO-OUTSIDE"  // a replace line leads out of the plugin
	CodeVersion  = "GO-VERSION"  // go.mod asks for a newer Go
	CodeBody     = "GO-BODY"     // a function without a body
	CodeSdks     = "GO-SDKS"     // two SDKs in one plugin
	CodeLinkname = "GO-LINKNAME" // go:linkname without unsafe
	CodeDepth    = "GO-DEPTH"    // nested too deeply to be checked
)
