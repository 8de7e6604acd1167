package main

func main() {
	goto L
L2:
	for {
		continue L3
		break
	}
	continue
}
