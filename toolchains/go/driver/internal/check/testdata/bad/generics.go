package main

func Map[T, U any](l []T, f func(T) U) []U { return nil }

type N interface{ ~int | ~string }

func Max[T N](a, b T) T { return a }

func main() {
	_ = Max(1, "a")
	_ = Max[float64](1, 2)
	_ = Map([]int{1}, 5)
	var n N
	_ = n
	_ = Map[int]
}
