// Package bundle reads what the tab's toolchain bundle holds: which packages there are, their export data, their docs.
package bundle

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"proxyground.dev/driver/internal/protocol"
)

// A Bundle is a folder with pkg and docs in it; in the tab it is the root of the preopened file system.
type Bundle struct {
	root  string
	index *protocol.Index
	docs  map[string]*protocol.Docs
}

// Open reads nothing yet.
func Open(root string) *Bundle {
	return &Bundle{root: root, docs: map[string]*protocol.Docs{}}
}

// Index of the packages; an error when /pkg/index.json is missing or broken.
func (b *Bundle) Index() (*protocol.Index, error) {
	if b.index != nil {
		return b.index, nil
	}
	index := &protocol.Index{}
	if err := b.read("pkg/index.json", index); err != nil {
		return nil, fmt.Errorf("the package index of the Go bundle cannot be read: %w", err)
	}
	b.index = index
	return index, nil
}

// Lookup opens the export data of a package, in the form that go/importer takes.
func (b *Bundle) Lookup(path string) (io.ReadCloser, error) {
	if !clean(path) {
		return nil, fmt.Errorf("no such package: %q", path)
	}
	return os.Open(filepath.Join(b.root, "pkg", filepath.FromSlash(path)+".x"))
}

// Docs of a package, nil when the bundle has none, or not yet: they may come later than the rest.
func (b *Bundle) Docs(path string) *protocol.Docs {
	if docs := b.docs[path]; docs != nil {
		return docs
	}
	docs := &protocol.Docs{}
	if !clean(path) || b.read("docs/"+path+".json", docs) != nil {
		return nil
	}
	b.docs[path] = docs
	return docs
}

func (b *Bundle) read(path string, into any) error {
	data, err := os.ReadFile(filepath.Join(b.root, filepath.FromSlash(path)))
	if err != nil {
		return err
	}
	return json.Unmarshal(data, into)
}

func clean(path string) bool {
	return path != "" && filepath.ToSlash(filepath.Clean(path)) == path && path[0] != '/' && !strings.HasPrefix(path, "..")
}
