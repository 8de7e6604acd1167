package project

import (
	"io"
	"io/fs"
	"path"
	"sort"
	"strings"
	"time"
)

// A Tree is the plugin's folder: files by slash-separated path, and the folders they imply.
type Tree struct {
	files map[string]string
	dirs  map[string][]entry
	// Ignored are paths that no folder can hold (`../x`, `/x`, `a//b`).
	Ignored []string
}

// NewTree sorts the sources into folders.
func NewTree(sources map[string]string) *Tree {
	t := &Tree{files: map[string]string{}, dirs: map[string][]entry{".": nil}}
	for name, text := range sources {
		if !fs.ValidPath(name) || name == "." || strings.ContainsAny(name, "\x00\\") {
			t.Ignored = append(t.Ignored, name)
			continue
		}
		t.files[name] = text
	}
	for name, text := range t.files {
		t.add(name, entry{path.Base(name), int64(len(text)), false})
	}
	for _, entries := range t.dirs {
		sort.Slice(entries, func(i, j int) bool { return entries[i].name < entries[j].name })
	}
	sort.Strings(t.Ignored)
	return t
}

func (t *Tree) add(name string, e entry) {
	dir := path.Dir(name)
	_, known := t.dirs[dir]
	t.dirs[dir] = append(t.dirs[dir], e)
	if !known {
		t.add(dir, entry{path.Base(dir), 0, true})
	}
}

// File gives a file's text.
func (t *Tree) File(name string) (string, bool) {
	text, ok := t.files[name]
	return text, ok
}

// IsDir says whether files lie below the path.
func (t *Tree) IsDir(dir string) bool {
	_, ok := t.dirs[path.Clean(dir)]
	return ok
}

// HasGo says whether the folder itself holds Go files that are no tests.
func (t *Tree) HasGo(dir string) bool {
	for _, e := range t.dirs[path.Clean(dir)] {
		if !e.dir && strings.HasSuffix(e.name, ".go") && !strings.HasSuffix(e.name, "_test.go") {
			return true
		}
	}
	return false
}

// ReadDir lists a folder by name.
func (t *Tree) ReadDir(dir string) ([]fs.FileInfo, error) {
	entries, ok := t.dirs[path.Clean(dir)]
	if !ok {
		return nil, &fs.PathError{Op: "open", Path: dir, Err: fs.ErrNotExist}
	}
	infos := make([]fs.FileInfo, len(entries))
	for i, e := range entries {
		infos[i] = e
	}
	return infos, nil
}

// Open reads a file.
func (t *Tree) Open(name string) (io.ReadCloser, error) {
	text, ok := t.files[path.Clean(name)]
	if !ok {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return io.NopCloser(strings.NewReader(text)), nil
}

// entry is a file or folder as go/build wants to see it.
type entry struct {
	name string
	size int64
	dir  bool
}

func (e entry) Name() string       { return e.name }
func (e entry) Size() int64        { return e.size }
func (e entry) IsDir() bool        { return e.dir }
func (e entry) ModTime() time.Time { return time.Time{} }
func (e entry) Sys() any           { return nil }
func (e entry) Mode() fs.FileMode {
	if e.dir {
		return fs.ModeDir | 0o755
	}
	return 0o644
}
