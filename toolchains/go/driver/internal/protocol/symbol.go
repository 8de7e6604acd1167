package protocol

import (
	"encoding/json"
	"fmt"
)

// A Symbol is a declaration of a package: written as [file, line, column, documentation].
type Symbol struct {
	File, Line, Column int
	Doc                string
}

// MarshalJSON writes the compact form.
func (s Symbol) MarshalJSON() ([]byte, error) {
	return json.Marshal([]any{s.File, s.Line, s.Column, s.Doc})
}

// UnmarshalJSON reads the compact form.
func (s *Symbol) UnmarshalJSON(data []byte) error {
	parts := []any{&s.File, &s.Line, &s.Column, &s.Doc}
	if err := json.Unmarshal(data, &parts); err != nil {
		return err
	}
	if len(parts) != 4 {
		return fmt.Errorf("a symbol has four parts, not %d", len(parts))
	}
	return nil
}
