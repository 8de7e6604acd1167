package main

func main() {
	s := "not closed
	c := 'ab'
	d := ''
	e := 08
	f := 1_
	g := "\q"
	h := 0x
	中 := #
}
