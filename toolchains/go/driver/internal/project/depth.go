package project

import (
	"go/scanner"
	"go/token"
)

// Parsers and checkers call themselves for each level of nesting, and a browser's stack ends long before Go's does.
// Measured in Chromium and Node (driver.test.mjs); people's programs stay far below.
const (
	nestingLimit = 400
	prefixLimit  = 3000
)

// TooDeep looks for more levels of brackets, or a longer chain of operators without a bracket or semicolon, than can be
// checked; it answers where.
func TooDeep(body string) (at int, deep bool) {
	var s scanner.Scanner
	fset := token.NewFileSet()
	file := fset.AddFile("", fset.Base(), len(body))
	s.Init(file, []byte(body), func(token.Position, string) {}, 0)
	level := 0
	// chain counts the operators since the last separator on each open level.
	chain := []int{0}
	for {
		pos, tok, _ := s.Scan()
		switch tok {
		case token.EOF:
			return 0, false
		case token.LPAREN, token.LBRACK, token.LBRACE:
			level++
			// What stands before the bracket stays open while what is inside is parsed.
			chain = append(chain, 0)
		case token.RPAREN, token.RBRACK, token.RBRACE:
			if level > 0 {
				level--
				chain = chain[:len(chain)-1]
			}
			chain[level]++
		case token.SEMICOLON, token.COMMA:
			chain[level] = 0
		case token.IDENT, token.INT, token.FLOAT, token.IMAG, token.CHAR, token.STRING:
		default:
			chain[level]++
		}
		if level > nestingLimit || chain[level] > prefixLimit {
			return file.Offset(pos), true
		}
	}
}
