package main

func a() int {
}

func b() (int, error) {
	return 1
}

func c() int {
	for {
		break
	}
}

func main() {}
