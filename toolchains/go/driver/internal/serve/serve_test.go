package serve

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"proxyground.dev/driver/internal/position"
	"proxyground.dev/driver/internal/protocol"
	"proxyground.dev/driver/internal/testbundle"
)

// While someone types, a program is cut off at any place, and the editor asks there.
func TestAnswersAtEveryPlaceOfAnExampleWholeOrCutOffThere(t *testing.T) {
	server := New(testbundle.Root(t))
	examples, err := filepath.Glob("../../../../../src/templates/go-*/plugins/*/main.go")
	if err != nil || len(examples) < 3 {
		t.Fatalf("%d examples: %v", len(examples), err)
	}
	for _, name := range examples[:3] {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		body := string(data)
		text := position.New("main.go", body)
		for offset := 0; offset < len(body); offset += 97 {
			at := text.Place(offset)
			for _, op := range []string{"complete", "hover", "definition", "signature", "check"} {
				for _, source := range []string{body, body[:offset], body[:offset] + "." + body[offset:], body[:offset] + "(" + body[offset:]} {
					request, err := json.Marshal(protocol.Request{Op: op, Sdk: "higress", At: at,
						Sources: map[string]string{"main.go": strings.ToValidUTF8(source, "")}})
					if err != nil {
						t.Fatal(err)
					}
					answer := string(server.Answer(request))
					if strings.HasPrefix(answer, `{"kind":"internal"`) {
						t.Fatalf("%s at %d of %s: %s", op, offset, name, answer)
					}
				}
			}
		}
	}
}

func TestAPanicIsAnsweredAndForgotten(t *testing.T) {
	server := New(testbundle.Root(t))
	server.checker = nil // any question to it panics
	answer := string(server.Answer([]byte(`{"op":"check","sdk":"higress","sources":{"main.go":"package main\nfunc main() {}\n"}}`)))
	if !strings.HasPrefix(answer, `{"kind":"internal","message":"runtime error`) {
		t.Errorf("panicked: %.200s", answer)
	}
	answer = string(server.Answer([]byte(`{"op":"check","sdk":"higress","sources":{"main.go":"package main\nfunc main() {}\n"}}`)))
	if answer != `{"kind":"checked","diagnostics":[]}` {
		t.Errorf("afterwards: %.200s", answer)
	}
}
