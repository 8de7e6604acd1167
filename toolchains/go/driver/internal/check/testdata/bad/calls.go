package main

import "strings"

func f(a int, b string, c ...bool) {}

func main() {
	f(1)
	f(1, 2)
	f("a", "b", 3)
	f(1, "a", []bool{}...)
	strings.Repeat("a")
	len(1)
	append(1, 2)
	go f
	defer 1
	make(int)
	new()
}
