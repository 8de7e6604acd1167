package gomod

import (
	"reflect"
	"strings"
	"testing"
)

func TestReadsWhatABuildNeeds(t *testing.T) {
	f := Parse("module wasm-demo-go // the documents' name\n\ngo 1.24.0\ntoolchain go1.26.8\ngodebug (\n\tpanicnil=1\n)\n" +
		"require (\n\tgithub.com/tidwall/gjson v1.18.0 // indirect\n\t\"a.b/c\" v0.1.0\n)\n" +
		"replace a.b/c => ./third/c\nreplace x.y/z v1.0.0 => p.q/z v1.1.0\r\n")
	if len(f.Errors) != 0 {
		t.Fatal(f.Errors)
	}
	want := &File{Module: "wasm-demo-go", Go: "1.24.0", GoLine: 3,
		Require: map[string]string{"github.com/tidwall/gjson": "v1.18.0", "a.b/c": "v0.1.0"},
		Replace: []Replace{{"a.b/c", "", "./third/c", "", 12}, {"x.y/z", "v1.0.0", "p.q/z", "v1.1.0", 13}},
		Godebug: []Godebug{{"panicnil", "1"}}}
	if !reflect.DeepEqual(f, want) {
		t.Errorf("got  %+v\nwant %+v", f, want)
	}
	if !f.Replace[0].Local() || f.Replace[1].Local() {
		t.Error("a replacement is local when it begins with ./")
	}
}

func TestSaysWhatItDoesNotUnderstand(t *testing.T) {
	for text, want := range map[string]string{
		"modul x":                        "unknown directive: modul",
		"module":                         "usage: module module/path",
		"module a\nmodule b":             "repeated module statement",
		"module a\ngo one":               "invalid go version 'one'",
		"module \"a":                     "invalid quoted string",
		"module a\nreplace a":            "usage: replace",
		strings.Repeat("x\n", 100_000):   "unknown directive: x",
		strings.Repeat("((((", 10_000):   "unknown directive: (",
		"module a\x00b\n\x00\xff\xfe 中文": "unknown directive",
	} {
		f := Parse(text)
		if len(f.Errors) == 0 || !strings.Contains(f.Errors[0].Message, want) {
			t.Errorf("%.40q: %v, want %q", text, f.Errors, want)
		}
	}
}
