//go:build go1.17

package main

func main() {
	for i := range 10 {
		_ = i
	}
	_ = min(1, 2)
}
