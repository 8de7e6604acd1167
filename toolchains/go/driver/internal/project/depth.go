package project

import (
	"go/scanner"
	"go/token"
)

// Parsers and checkers call themselves for each level of nesting, and a browser's stack ends long before Go's does: under
// Node 20 the checker reached the end between 390 and 1,450 members after each other (a.a.a…) and between 1,000 and 2,900
// operators (1+1+1…); brackets it followed to 390 and more. People's programs stay far below.
const (
	nestingLimit = 300
	chainLimit   = 700
	memberLimit  = 350
)

// TooDeep looks for more levels of brackets, or a longer chain of operators without a bracket or semicolon, than can be
// checked; it answers where.
func TooDeep(body string) (at int, deep bool) {
	var s scanner.Scanner
	fset := token.NewFileSet()
	file := fset.AddFile("", fset.Base(), len(body))
	s.Init(file, []byte(body), func(token.Position, string) {}, 0)
	level := 0
	// chain counts the operators since the last separator on each open level, members the dots among them.
	chain, members := []int{0}, 0
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
			chain[level], members = 0, 0
		case token.PERIOD:
			members++
		case token.IDENT, token.INT, token.FLOAT, token.IMAG, token.CHAR, token.STRING:
		default:
			chain[level]++
		}
		if level > nestingLimit || chain[level] > chainLimit || members > memberLimit {
			return file.Offset(pos), true
		}
	}
}
