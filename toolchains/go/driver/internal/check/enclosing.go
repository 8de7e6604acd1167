package check

import (
	"go/ast"
	"go/token"
	"strings"
)

// enclosing gives the nodes around a position, the innermost first.
func enclosing(file *ast.File, pos token.Pos) []ast.Node {
	var path []ast.Node
	ast.Inspect(file, func(n ast.Node) bool {
		if n == nil || pos < n.Pos() || pos > n.End() {
			return false
		}
		// Of two neighbours that touch, the one that begins here is meant.
		if len(path) > 0 && path[0].End() <= n.Pos() {
			path = trim(path, n)
		}
		path = append([]ast.Node{n}, path...)
		return true
	})
	return path
}

func trim(path []ast.Node, next ast.Node) []ast.Node {
	for len(path) > 0 && path[0].End() <= next.Pos() {
		path = path[1:]
	}
	return path
}

// Enclosing gives the nodes around a byte offset of the file, the innermost first.
func (f *File) Enclosing(offset int) []ast.Node {
	if f.Syntax == nil {
		return nil
	}
	return enclosing(f.Syntax, f.Pos(offset))
}

// nearest is the name that differs least, if it is near enough to be meant: another case, or a slip or two.
func nearest(name string, names []string) string {
	best, least := "", 1+len(name)/4
	for _, other := range names {
		if other == name || other == "_" {
			continue
		}
		if strings.EqualFold(other, name) {
			return other
		}
		if d := distance(name, other, least); d <= least && (best == "" || d < least) {
			best, least = other, d
		}
	}
	if len(name) < 3 {
		return ""
	}
	return best
}

// distance counts the letters to change, add, drop or swap with a neighbour; more than limit is answered limit+1.
func distance(a, b string, limit int) int {
	if len(a)-len(b) > limit || len(b)-len(a) > limit || len(a) > 100 {
		return limit + 1
	}
	previous, row, next := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		next[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			next[j] = min(row[j]+1, next[j-1]+1, row[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				next[j] = min(next[j], previous[j-2]+1)
			}
		}
		previous, row, next = row, next, previous
	}
	return row[len(b)]
}
