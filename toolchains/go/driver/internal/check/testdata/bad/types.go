package main

func f() (int, string) { return 1, "a" }

func main() {
	var s string = 5
	s = f()
	a, b, c := f()
	s += 1
	var n int = "中文" + s
	if n {
	}
	s.foo()
	n()
	f(1)
	return 5
}
