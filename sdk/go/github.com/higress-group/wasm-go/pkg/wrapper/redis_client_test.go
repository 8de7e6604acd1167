package wrapper

import (
	"testing"
	"time"
)

func TestACommandIsAnArrayOfBulkStrings(t *testing.T) {
	got := string(respQuery([]interface{}{"set", "k", 1.5, "ex", 60, true, "空"}))
	if want := "*7\r\n$3\r\nset\r\n$1\r\nk\r\n$3\r\n1.5\r\n$2\r\nex\r\n$2\r\n60\r\n$4\r\ntrue\r\n$3\r\n空\r\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestMapsAreSentInTheOrderOfTheirNames(t *testing.T) {
	named := map[string]interface{}{"b": 2, "a": 1}
	if got := string(respQuery(pairs(named))); got != "*4\r\n$1\r\na\r\n$1\r\n1\r\n$1\r\nb\r\n$1\r\n2\r\n" {
		t.Errorf("got %q", got)
	}
	if got := string(respQuery(scores(named))); got != "*4\r\n$1\r\n1\r\n$1\r\na\r\n$1\r\n2\r\n$1\r\nb\r\n" {
		t.Errorf("got %q", got)
	}
}

func TestTheQueryOfInit(t *testing.T) {
	cases := []struct {
		options []optionFunc
		want    string
	}{
		{nil, "buffer_flush_timeout=3&max_buffer_size_before_flush=1024"},
		{[]optionFunc{WithDataBase(2)}, "db=2&buffer_flush_timeout=3&max_buffer_size_before_flush=1024"},
		{[]optionFunc{WithDisableBuffer()}, "buffer_flush_timeout=0&max_buffer_size_before_flush=0"},
		{[]optionFunc{WithBufferFlushTimeout(time.Second), WithMaxBufferSizeBeforeFlush(5)}, "buffer_flush_timeout=1000&max_buffer_size_before_flush=5"},
	}
	for _, c := range cases {
		options := defaultRedisOptions
		for _, opt := range c.options {
			opt(&options)
		}
		if got := options.query(); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}
