package main

func main() {
	var b byte = 300
	_ = b
	var a [2]int
	a[5] = 1
	_ = 1 / 0
	var i int = 1.5
	_ = i << -1
	const c = a
}
