// Package testbundle opens the bundle that testing.mjs makes for tests; only they use it.
package testbundle

import (
	"os"
	"testing"

	"proxyground.dev/driver/internal/bundle"
)

// Root of the bundle's folder.
func Root(t *testing.T) string {
	t.Helper()
	root := os.Getenv("PROXYGROUND_GO_BUNDLE")
	if root == "" {
		t.Fatal("PROXYGROUND_GO_BUNDLE names no folder: run these tests through driver.test.mjs")
	}
	return root
}

// Open the bundle.
func Open(t *testing.T) *bundle.Bundle {
	t.Helper()
	return bundle.Open(Root(t))
}
