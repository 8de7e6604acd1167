// Command goapi lists the public API of Go packages from their sources, and compares listings.
//
//	goapi list DIR                          the API of the package in DIR, as of wasip1
//	goapi compare REFERENCE ROOT [PATH...]  what of a reference file the packages under ROOT lack or have otherwise
//	goapi same DIR DIR                      what of the first package the second lacks or has otherwise
package main

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
}

func run(args []string) error {
	switch {
	case len(args) == 2 && args[0] == "list":
		return list(args[1])
	case len(args) >= 3 && args[0] == "compare":
		return compare(args[1], args[2], args[3:])
	case len(args) == 3 && args[0] == "same":
		return same(args[1], args[2])
	}
	return fmt.Errorf("usage: goapi list DIR | compare REFERENCE ROOT [PATH...] | same DIR DIR")
}

func list(dir string) error {
	api, err := readPackage(dir)
	if err != nil {
		return err
	}
	for _, item := range api {
		fmt.Println(item.text)
	}
	return nil
}

func same(wanted, having string) error {
	reference, err := readPackage(wanted)
	if err != nil {
		return err
	}
	return report(filepath.Base(having), reference, having)
}

func compare(reference, root string, only []string) error {
	packages, err := readReference(reference)
	if err != nil {
		return err
	}
	paths := make([]string, 0, len(packages))
	for path := range packages {
		if len(only) == 0 || contains(only, path) {
			paths = append(paths, path)
		}
	}
	sort.Strings(paths)
	for _, path := range paths {
		if err := report(path, packages[path], filepath.Join(root, path)); err != nil {
			return err
		}
	}
	return nil
}

// report prints one line for each item of the reference that the package in dir does not have like that.
func report(path string, reference []item, dir string) error {
	having, err := readPackage(dir)
	if err != nil {
		return err
	}
	byKey := map[string]item{}
	for _, each := range having {
		byKey[each.key] = each
	}
	for _, wanted := range reference {
		found, ok := byKey[wanted.key]
		switch {
		case !ok:
			fmt.Printf("%s: lacks %s\n", path, wanted.text)
		case wanted.shape != "" && found.shape != wanted.shape:
			fmt.Printf("%s: has %s, not %s\n", path, found.shape, wanted.shape)
		}
	}
	return nil
}

// readReference reads sections: "## import path", then items as goapi list prints them.
func readReference(file string) (map[string][]item, error) {
	opened, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer opened.Close()
	packages := map[string][]item{}
	path := ""
	lines := bufio.NewScanner(opened)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		line := lines.Text()
		switch {
		case strings.HasPrefix(line, "## "):
			path = strings.TrimPrefix(line, "## ")
		case line != "" && !strings.HasPrefix(line, "#"):
			parsed, err := parseItem(line)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", line, err)
			}
			packages[path] = append(packages[path], parsed)
		}
	}
	return packages, lines.Err()
}

func contains(list []string, wanted string) bool {
	for _, each := range list {
		if each == wanted {
			return true
		}
	}
	return false
}
