// Package position turns byte offsets of Go into the lines and UTF-16 columns of an editor, and back.
package position

import (
	"sort"
	"strings"
	"unicode/utf8"

	"proxyground.dev/driver/internal/protocol"
)

// A Text is one file with its lines.
type Text struct {
	File  string
	Body  string
	lines []int // offset of each line's first byte
}

// New indexes the lines of a file.
func New(file, body string) *Text {
	lines := make([]int, 1, strings.Count(body, "\n")+1)
	for i := 0; i < len(body); i++ {
		if body[i] == '\n' {
			lines = append(lines, i+1)
		}
	}
	return &Text{file, body, lines}
}

// Place of a byte offset; an offset outside the text is moved to its nearest end.
func (t *Text) Place(offset int) protocol.Place {
	offset = min(max(offset, 0), len(t.Body))
	line := sort.SearchInts(t.lines, offset+1) - 1
	return protocol.Place{File: t.File, Line: line + 1, Column: units(t.Body[t.lines[line]:offset]) + 1}
}

// Range between two byte offsets.
func (t *Text) Range(start, end int) protocol.Range {
	last := t.Place(max(start, end))
	return protocol.Range{Place: t.Place(start), EndLine: last.Line, EndColumn: last.Column}
}

// Offset of a place; a place outside the text is moved to the nearest one inside.
func (t *Text) Offset(place protocol.Place) int {
	start, end := t.Line(place.Line)
	left := place.Column - 1
	for at := start; at < end; {
		if left <= 0 {
			return at
		}
		r, size := utf8.DecodeRuneInString(t.Body[at:end])
		left -= runeUnits(r)
		at += size
	}
	return end
}

// At is the offset of a 1-based line and a 1-based column in bytes, as Go's compiler counts.
func (t *Text) At(line, column int) int {
	start, end := t.Line(line)
	return min(start+max(column-1, 0), end)
}

// Line gives the offsets of a 1-based line, its newline (and carriage return) left out.
func (t *Text) Line(line int) (start, end int) {
	line = min(max(line, 1), len(t.lines))
	start, end = t.lines[line-1], len(t.Body)
	if line < len(t.lines) {
		end = t.lines[line] - 1
	}
	if end > start && t.Body[end-1] == '\r' {
		end--
	}
	return start, end
}

// LineStart is the offset where the line of an offset begins.
func (t *Text) LineStart(offset int) int {
	offset = min(max(offset, 0), len(t.Body))
	return t.lines[sort.SearchInts(t.lines, offset+1)-1]
}

func units(s string) int {
	n := 0
	for _, r := range s {
		n += runeUnits(r)
	}
	return n
}

func runeUnits(r rune) int {
	if r >= 0x10000 {
		return 2
	}
	return 1
}
