package main

func f(a int) {}

func main() {
	f(1
	f(2,
	)
	x := [3]int{1, 2, 3
	}
}
