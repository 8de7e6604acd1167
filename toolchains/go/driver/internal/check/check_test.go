package check

import (
	"testing"

	"proxyground.dev/driver/internal/bundle"
	"proxyground.dev/driver/internal/project"
)

func checkSources(t *testing.T, from *bundle.Bundle, sdk string, sources map[string]string) *Result {
	t.Helper()
	p, err := project.Load(sdk, sources, from)
	if err != nil {
		t.Fatal(err)
	}
	return New(from).Check(p)
}

func projectLoad(from *bundle.Bundle, sources map[string]string) (*project.Project, error) {
	return project.Load("higress", sources, from)
}
