//go:build !wasip1

package main

import (
	"bufio"
	"flag"
	"fmt"
	"os"

	"proxyground.dev/driver/internal/serve"
)

func serveLines() {
	root := flag.String("bundle", "/", "folder with pkg and docs")
	flag.Parse()
	server := serve.New(*root)
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 64<<20)
	for lines.Scan() {
		fmt.Printf("%s\n", server.Answer(lines.Bytes()))
	}
}
