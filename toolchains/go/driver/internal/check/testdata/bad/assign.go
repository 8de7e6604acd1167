package main

func main() {
	1 = 2
	m := map[string]struct{ a int }{}
	m["a"].a = 1
	"a"[0] = 1
	var x, y int = 1
	x, y = 1, 2, 3
	var p *int = &5
	nil := nil
	z := nil
	_ = *x
	_ = p.x
	x.y = 1
	_ = x.(int)
	_ = [...]int{}["a"]
	for range 5.5 {
	}
	select {
	case 1:
	}
}
