package main

import (
	"errors"
	"os"
	"strconv"
	"strings"
)

// An ar archive: a magic line, then members with a header of 60 bytes (name 16, …, size in bytes 48 to 58).
const (
	arMagic  = "!<arch>\n"
	arHeader = 60
)

// writeDefinition copies the first member of a package archive, `__.PKGDEF`, as an archive of its own.
func writeDefinition(archive, to string) error {
	data, err := os.ReadFile(archive)
	if err != nil {
		return err
	}
	start := len(arMagic)
	if len(data) < start+arHeader || string(data[:start]) != arMagic || !strings.HasPrefix(string(data[start:]), "__.PKGDEF") {
		return errors.New("no package archive")
	}
	size, err := strconv.Atoi(strings.TrimSpace(string(data[start+48 : start+58])))
	if err != nil || len(data) < start+arHeader+size {
		return errors.New("broken package archive")
	}
	return writeFile(to, data[:start+arHeader+size])
}
