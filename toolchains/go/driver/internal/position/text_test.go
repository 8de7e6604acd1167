package position

import (
	"testing"

	"proxyground.dev/driver/internal/protocol"
)

func TestColumnsCountUTF16Units(t *testing.T) {
	text := New("a.go", "a\t中文😀b\r\nx\n")
	for _, c := range []struct{ offset, line, column int }{
		{0, 1, 1}, {2, 1, 3}, {5, 1, 4}, {8, 1, 5}, {12, 1, 7}, {13, 1, 8}, {15, 2, 1}, {16, 2, 2}, {17, 3, 1}, {99, 3, 1}, {-1, 1, 1},
	} {
		place := text.Place(c.offset)
		if place.Line != c.line || place.Column != c.column {
			t.Errorf("offset %d is %d:%d, want %d:%d", c.offset, place.Line, place.Column, c.line, c.column)
		}
		if c.offset >= 0 && c.offset <= len(text.Body) && text.Offset(place) != c.offset {
			t.Errorf("%d:%d is offset %d, want %d", place.Line, place.Column, text.Offset(place), c.offset)
		}
	}
}

func TestPlacesOutsideTheTextAreMovedInside(t *testing.T) {
	text := New("a.go", "ab\ncd")
	for _, c := range []struct{ line, column, offset int }{{1, 99, 2}, {0, 0, 0}, {9, 9, 5}, {2, -4, 3}} {
		if got := text.Offset(protocol.Place{Line: c.line, Column: c.column}); got != c.offset {
			t.Errorf("%d:%d is offset %d, want %d", c.line, c.column, got, c.offset)
		}
	}
}
