//go:build !wasip1

package hostcall

import (
	"bytes"
	"errors"
	"testing"
)

func TestPairsAreAsTheReferenceLaysThemOut(t *testing.T) {
	block := EncodePairs([][2]string{{"a", "12"}, {"", ""}})
	want := []byte{2, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 'a', 0, '1', '2', 0, 0, 0}
	if !bytes.Equal(block, want) {
		t.Errorf("%v, not %v", block, want)
	}
	if empty := EncodePairs(nil); !bytes.Equal(empty, []byte{0, 0, 0, 0}) {
		t.Errorf("no pairs are %v", empty)
	}
}

func FuzzPairsComeBackAsTheyWere(f *testing.F) {
	f.Add("key", "value", "空", "\x00")
	f.Fuzz(func(t *testing.T, a, b, c, d string) {
		pairs := [][2]string{{a, b}, {c, d}, {a, d}}
		back := DecodePairs(EncodePairs(pairs))
		for index := range pairs {
			if back[index] != pairs[index] {
				t.Errorf("%q, not %q", back, pairs)
			}
		}
	})
}

func TestEachStatusHasTheErrorOfTheSDK(t *testing.T) {
	texts := map[uint32]string{
		1: "error status returned by host: not found", 2: "error status returned by host: bad argument",
		7: "error status returned by host: empty", 8: "error status returned by host: cas mismatch",
		10: "error status returned by host: internal failure", 12: "error status returned by host: unimplemented",
		3: "unknown status code: 3", 6: "unknown status code: 6", 11: "unknown status code: 11",
	}
	if err := toError(0); err != nil {
		t.Error(err)
	}
	for status, text := range texts {
		if err := toError(status); err == nil || err.Error() != text {
			t.Errorf("%d is %v, not %s", status, err, text)
		}
	}
}

func TestAllocatingNothingPanicsAsInTheRealModules(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("it did not panic")
		}
	}()
	Allocate(0)
}

func TestThePathOfAPropertyIsJoinedByZeroBytes(t *testing.T) {
	defer answer(t, func(name string, arguments []any) uint32 {
		if name != "proxy_set_property" || arguments[0] != "a\x00b" || arguments[1] != "v" {
			t.Errorf("%s%q", name, arguments)
		}
		return 0
	})()
	if err := SetProperty([]string{"a", "b"}, []byte("v")); err != nil {
		t.Error(err)
	}
	for _, err := range []error{SetProperty(nil, []byte("v")), SetProperty([]string{"a"}, nil)} {
		if err == nil || errors.Is(err, ErrorStatusBadArgument) {
			t.Errorf("an empty path or value is refused without a call: %v", err)
		}
	}
}

func TestAnEmptyItemOfAQueuePanicsAsInTheRealModules(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("it did not panic")
		}
	}()
	_ = EnqueueSharedQueue(1, nil)
}

// answer puts a host in place; the returned function takes it away.
func answer(t *testing.T, host func(name string, arguments []any) uint32) func() {
	t.Helper()
	before := Native
	Native = func(name string, arguments ...any) uint32 { return host(name, arguments) }
	return func() { Native = before }
}
