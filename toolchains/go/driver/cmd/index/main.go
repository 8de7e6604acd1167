// Command index writes what the driver reads of the bundle, from the output of
//
//	go list -deps -export -json=ImportPath,Name,Dir,Export,GoFiles,Imports,Standard,Module
//
// on its standard input: pkg/index.json and docs/<import path>.json below -out, and with -pkgdef also pkg/<import path>.x.
package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"proxyground.dev/driver/internal/protocol"
)

// A listed package, as go list writes it.
type listed struct {
	ImportPath, Name, Dir, Export string
	GoFiles, Imports              []string
	Standard                      bool
	Module                        *struct {
		Path, Version, Sum string
		Replace            *struct{ Path, Version, Sum string }
	}
}

func main() {
	out := flag.String("out", "", "folder to write to")
	pkgdef := flag.Bool("pkgdef", false, "write the packages' export data too")
	version := flag.String("go", runtime.Version(), "version of the toolchain, as it prints it")
	styles := flag.String("styles", "", "sdk/go/styles.json")
	flag.Parse()
	if err := run(*out, *version, *styles, *pkgdef, os.Stdin); err != nil {
		fmt.Fprintln(os.Stderr, "index:", err)
		os.Exit(1)
	}
}

func run(out, version, styles string, pkgdef bool, in io.Reader) error {
	index := protocol.Index{GoVersion: version, Packages: map[string]protocol.IndexPackage{}, Modules: map[string]protocol.IndexModule{}}
	if styles != "" {
		if err := readStyles(styles, &index); err != nil {
			return err
		}
	}
	decoder := json.NewDecoder(in)
	for {
		var pkg listed
		if err := decoder.Decode(&pkg); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return err
		}
		if pkg.Name == "main" || pkg.Standard && !importable(pkg.ImportPath) {
			continue
		}
		index.Packages[pkg.ImportPath] = entryOf(pkg, index.Modules)
		docs, err := docsOf(pkg)
		if err != nil {
			return fmt.Errorf("%s: %w", pkg.ImportPath, err)
		}
		if err := write(filepath.Join(out, "docs", pkg.ImportPath+".json"), docs); err != nil {
			return err
		}
		if pkgdef && pkg.Export != "" {
			if err := writeDefinition(pkg.Export, filepath.Join(out, "pkg", pkg.ImportPath+".x")); err != nil {
				return fmt.Errorf("%s: %w", pkg.ImportPath, err)
			}
		}
	}
	return write(filepath.Join(out, "pkg", "index.json"), index)
}

func readStyles(file string, index *protocol.Index) error {
	data, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	var byName map[string]protocol.Style
	if err := json.Unmarshal(data, &byName); err != nil {
		return err
	}
	for _, style := range byName {
		index.Styles = append(index.Styles, style)
	}
	return nil
}

func entryOf(pkg listed, modules map[string]protocol.IndexModule) protocol.IndexPackage {
	entry := protocol.IndexPackage{Name: pkg.Name}
	if module := pkg.Module; module != nil {
		entry.Module = module.Path
		known := protocol.IndexModule{Version: module.Version, Sum: module.Sum}
		// A folder in the place of a module has no sum; another module in its place is what the program holds.
		if module.Replace != nil && module.Replace.Version != "" {
			known = protocol.IndexModule{Version: module.Replace.Version, Sum: module.Replace.Sum}
		}
		modules[module.Path] = known
	}
	for _, imported := range pkg.Imports {
		first, _, _ := strings.Cut(imported, "/")
		if strings.Contains(first, ".") {
			entry.Imports = append(entry.Imports, imported)
		}
	}
	return entry
}

// importable leaves out what a plugin may not import from the standard library.
func importable(path string) bool {
	return path != "unsafe" && !strings.HasPrefix(path, "vendor/") && !strings.Contains("/"+path+"/", "/internal/")
}

func write(path string, value any) error {
	data, err := json.Marshal(value)
	if err != nil {
		return err
	}
	return writeFile(path, data)
}

func writeFile(path string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	return os.WriteFile(path, data, 0o644)
}
