package wrapper

import "testing"

func TestMarshalStrAndBack(t *testing.T) {
	for raw, want := range map[string]string{`{"a":"b"}`: `{\"a\":\"b\"}`, `a\b`: `a\\b`, "线\n": `线\n`, "": ""} {
		if got := MarshalStr(raw); got != want {
			t.Errorf("%q: got %q, want %q", raw, got, want)
		}
		if got := UnmarshalStr(want); got != raw {
			t.Errorf("%q: back %q", want, got)
		}
	}
}

func TestAttributesAreMergedIntoWhatIsWritten(t *testing.T) {
	got, err := mergeAttributes(`{\"a\":1,\"b\":2}`, map[string]interface{}{"b": "x"})
	if err != nil || got != `{\"a\":1,\"b\":\"x\"}` {
		t.Errorf("got %q, %v", got, err)
	}
	if _, err := mergeAttributes("plain", nil); err == nil {
		t.Error("text that is no JSON cannot be merged")
	}
}

func TestValuesOfJSONAndOfEvents(t *testing.T) {
	paths := []string{"response.model", "model"}
	for body, want := range map[string]string{
		`{"model":"m"}`: "m",
		"data: {\"id\":1}\r\n\r\ndata: {\"model\":\"n\"}\r\n\r\n": "n",
		"event: x\ndata:{\"response\":{\"model\":\"r\"}}\n\n":     "r",
	} {
		if got := GetValueFromBody([]byte(body), paths); got == nil || got.String() != want {
			t.Errorf("%q: got %v, want %q", body, got, want)
		}
	}
	if got := GetValueFromBody([]byte("data: [DONE]\n\n"), paths); got != nil {
		t.Errorf("got %v", got)
	}
}

func TestLineEndsOfAnEventStream(t *testing.T) {
	if got := string(UnifySSEChunk([]byte("a\r\nb\rc\n"))); got != "a\nb\nc\n" {
		t.Errorf("got %q", got)
	}
}
