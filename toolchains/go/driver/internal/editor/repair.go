package editor

import (
	"go/scanner"
	"go/token"
	"strings"
	"unicode"
	"unicode/utf8"
)

// placeholder is a name that nobody writes.
const placeholder = "ΔΔ"

// prefixStart is where the name that ends at an offset begins.
func prefixStart(body string, offset int) int {
	for offset > 0 {
		r, size := utf8.DecodeLastRuneInString(body[:offset])
		if r != '_' && !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			break
		}
		offset -= size
	}
	return offset
}

// suffixEnd is where the name that an offset lies in ends.
func suffixEnd(body string, offset int) int {
	for offset < len(body) {
		r, size := utf8.DecodeRuneInString(body[offset:])
		if r != '_' && !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			break
		}
		offset += size
	}
	return offset
}

// repaired makes a text in which someone is typing understandable: a name where one is due, and at the end of a line
// the brackets and block that its statement still needs.
func repaired(body string, offset int) string {
	name := ""
	if prefixStart(body, offset) == offset && suffixEnd(body, offset) == offset {
		name = placeholder
	}
	lineStart := strings.LastIndexByte(body[:offset], '\n') + 1
	lineEnd := len(body)
	if i := strings.IndexByte(body[offset:], '\n'); i >= 0 {
		lineEnd = offset + i
	}
	rest := body[offset:lineEnd]
	closers := ""
	if strings.Trim(rest, ")]}, \t\r") == "" {
		closers = missingClosers(body[lineStart:offset] + name + rest)
		return body[:offset] + name + rest + closers + body[lineEnd:]
	}
	return body[:offset] + name + body[offset:]
}

// missingClosers are the round and square brackets that a line opens and does not close, and an empty block behind the
// head of a statement that has none yet.
func missingClosers(line string) string {
	var s scanner.Scanner
	fset := token.NewFileSet()
	s.Init(fset.AddFile("", fset.Base(), len(line)), []byte(line), func(token.Position, string) {}, 0)
	var open []string
	first, block := token.ILLEGAL, false
	for {
		_, tok, _ := s.Scan()
		if tok == token.EOF {
			break
		}
		if first == token.ILLEGAL && tok != token.RBRACE {
			first = tok
		}
		switch tok {
		case token.LPAREN:
			open = append(open, ")")
		case token.LBRACK:
			open = append(open, "]")
		case token.LBRACE:
			open = append(open, "")
			block = true
		case token.RPAREN, token.RBRACK, token.RBRACE:
			if len(open) > 0 {
				open = open[:len(open)-1]
			}
		}
	}
	closers := ""
	for i := len(open) - 1; i >= 0; i-- {
		// What is inside a block that stays open is closed, the block and what is around it go on below.
		if open[i] == "" {
			return closers
		}
		closers += open[i]
	}
	switch first {
	case token.IF, token.FOR, token.SWITCH, token.SELECT:
		if !block {
			return closers + " {}"
		}
	}
	return closers
}
