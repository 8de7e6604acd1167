package project

import (
	"fmt"
	"io/fs"
	"path"
	"sort"
	"strings"

	"proxyground.dev/driver/internal/protocol"
)

// embedConfig finds the files of //go:embed patterns below dir, by the rules and in the words of cmd/go
// (`go help embed`, https://pkg.go.dev/embed). On failure it says which pattern is at fault.
func (t *Tree) embedConfig(dir string, patterns []string) (config *protocol.Embed, at string, err error) {
	config = &protocol.Embed{Patterns: map[string][]string{}, Files: map[string]string{}}
	for _, pattern := range patterns {
		files, err := t.embedded(dir, pattern)
		if err != nil {
			return nil, pattern, fmt.Errorf("pattern %s: %w", pattern, err)
		}
		config.Patterns[pattern] = files
		for _, file := range files {
			config.Files[file] = path.Join(dir, file)
		}
	}
	return config, "", nil
}

func (t *Tree) embedded(dir, pattern string) ([]string, error) {
	glob, all := strings.CutPrefix(pattern, "all:")
	if _, err := path.Match(glob, ""); err != nil || (glob != "." && !fs.ValidPath(glob)) {
		return nil, fmt.Errorf("invalid pattern syntax")
	}
	found := map[string]bool{}
	for _, match := range t.glob(dir, glob) {
		if err := t.embedMatch(dir, match, all, found); err != nil {
			return nil, err
		}
	}
	if len(found) == 0 {
		return nil, fmt.Errorf("no matching files found")
	}
	files := make([]string, 0, len(found))
	for file := range found {
		files = append(files, file)
	}
	sort.Strings(files)
	return files, nil
}

// glob matches element by element, as path/filepath.Glob does, and answers paths relative to dir.
func (t *Tree) glob(dir, pattern string) []string {
	matches := []string{"."}
	for _, element := range strings.Split(pattern, "/") {
		var next []string
		for _, match := range matches {
			for _, e := range t.dirs[path.Join(dir, match)] {
				if ok, _ := path.Match(element, e.name); ok {
					next = append(next, path.Join(match, e.name))
				}
			}
		}
		if element == "." {
			next = matches
		}
		matches = next
	}
	return matches
}

func (t *Tree) embedMatch(dir, match string, all bool, found map[string]bool) error {
	full := path.Join(dir, match)
	what := "file"
	if t.IsDir(full) {
		what = "directory"
	}
	for at := match; at != "."; at = path.Dir(at) {
		if _, ok := t.files[path.Join(dir, at, "go.mod")]; ok {
			return fmt.Errorf("cannot embed %s %s: in different module", what, match)
		}
		if element := path.Base(at); badEmbedName(element) {
			if at == match {
				return fmt.Errorf("cannot embed %s %s: invalid name %s", what, match, element)
			}
			return fmt.Errorf("cannot embed %s %s: in invalid directory %s", what, match, element)
		}
	}
	if what == "file" {
		found[match] = true
		return nil
	}
	before := len(found)
	t.embedFolder(dir, match, all, found)
	if len(found) == before {
		return fmt.Errorf("cannot embed directory %s: contains no embeddable files", match)
	}
	return nil
}

func (t *Tree) embedFolder(dir, folder string, all bool, found map[string]bool) {
	for _, e := range t.dirs[path.Join(dir, folder)] {
		hidden := e.name[0] == '.' || e.name[0] == '_'
		if badEmbedName(e.name) || (hidden && !all) {
			continue
		}
		inside := path.Join(folder, e.name)
		if !e.dir {
			found[inside] = true
		} else if _, module := t.files[path.Join(dir, inside, "go.mod")]; !module {
			t.embedFolder(dir, inside, all, found)
		}
	}
}

func badEmbedName(name string) bool {
	switch name {
	case "", ".bzr", ".hg", ".git", ".svn":
		return true
	}
	return strings.ContainsAny(name, "\"*<>?`|/\\:")
}
