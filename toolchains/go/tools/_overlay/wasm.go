// Laid into cmd/link/internal/wasm.

package wasm

import (
	"bytes"
	"encoding/binary"
	"io"
	"unicode/utf8"

	"cmd/internal/objabi"
	"cmd/link/internal/ld"
	"cmd/link/internal/loader"
)

// The size of the functions with their relocations, at most: a number of LEB128 takes the place of each.
func proxygroundSize(ldr *loader.Loader, fns []loader.Sym) int {
	size := 0
	for _, fn := range fns {
		relocs := ldr.Relocs(fn)
		size += len(ldr.Data(fn)) + 10*relocs.Count()
	}
	return size
}

// Appends a function with its relocations. False, with nothing appended, where one is of a kind that is not known.
func proxygroundCode(to *[]byte, ldr *loader.Loader, fn loader.Sym, imports int64, importOf map[loader.Sym]int64) bool {
	relocs, data, code, off := ldr.Relocs(fn), ldr.Data(fn), *to, int32(0)
	for i := range relocs.Count() {
		r := relocs.At(i)
		if r.Siz() == 0 {
			continue
		}
		at := r.Off()
		code = append(code, data[off:at]...)
		off = at
		target := r.Sym()
		switch r.Type() {
		case objabi.R_ADDR:
			code = proxygroundSleb(code, ldr.SymValue(target)+r.Add())
		case objabi.R_CALL:
			code = proxygroundSleb(code, imports+ldr.SymValue(target)>>16-funcValueOffset)
		case objabi.R_WASMIMPORT:
			code = proxygroundSleb(code, importOf[target])
		default:
			return false
		}
	}
	*to = append(code, data[off:]...)
	return true
}

// nameRegexp in one pass: a letter, a digit, an underscore and a dot stay, everything else becomes an underscore.
func proxygroundName(name string) string {
	first := 0
	for first < len(name) && plain[name[first]] {
		first++
	}
	if first == len(name) {
		return name
	}
	made := []byte(name)
	for i := first; i < len(made); i++ {
		if made[i] >= utf8.RuneSelf {
			return nameRegexp.ReplaceAllString(name, "_")
		}
		if !plain[made[i]] {
			made[i] = '_'
		}
	}
	return string(made)
}

var plain = func() (plain [256]bool) {
	for c := range plain {
		plain[c] = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '.' || c == '_'
	}
	return plain
}()

// Appends a number in signed LEB128.
func proxygroundSleb(to []byte, v int64) []byte {
	for v < -64 || v > 63 {
		to = append(to, byte(v)|0x80)
		v >>= 7
	}
	return append(to, byte(v)&0x7f)
}

// writeSleb128 with one call of the writer for all bytes of a number, where the writer takes more than one.
func proxygroundWriteSleb(w io.ByteWriter, v int64) bool {
	switch w := w.(type) {
	case *bytes.Buffer:
		w.Write(proxygroundSleb(w.AvailableBuffer(), v))
	case *ld.OutBuf:
		var number [10]byte
		w.Write(proxygroundSleb(number[:0], v))
	default:
		return false
	}
	return true
}

// Writes the data section as writeDataSec does: runs of eight zeroes and more are left out, and those that a section begins
// or ends with. False, with nothing written, where there would be more segments than some allow.
func proxygroundData(out *ld.OutBuf) bool {
	type segment struct {
		offset int32
		data   []byte
	}
	segments, size := make([]segment, 0, 1<<15), 0
	for _, ds := range dataSects {
		data := ds.data
		for at := zeroes(data, 0); at < len(data); {
			end, next := segmentEnd(data, at)
			segments = append(segments, segment{int32(ds.sect.Vaddr) + int32(at), data[at:end]})
			size += end - at + 24
			at = next
		}
	}
	if len(segments) >= 100000-len(dataSects) {
		return false
	}
	made := binary.AppendUvarint(make([]byte, 0, size+10), uint64(len(segments)))
	for _, s := range segments {
		made = proxygroundSleb(append(made, 0, 0x41), int64(s.offset))
		made = binary.AppendUvarint(append(made, 0x0b), uint64(len(s.data)))
		made = append(made, s.data...)
	}
	out.Write(made)
	return true
}

// Where the segment ends that begins at from, and where the next one begins. Eight zeroes have four with a place that can be
// divided by four among them, so only those are looked at.
func segmentEnd(data []byte, from int) (end, next int) {
	for at := (from + 3) &^ 3; at+4 <= len(data); at += 4 {
		if at+8 <= len(data) {
			both := binary.LittleEndian.Uint64(data[at:])
			if uint32(both) != 0 && both>>32 != 0 {
				at += 4
				continue
			}
		}
		if binary.LittleEndian.Uint32(data[at:]) != 0 {
			continue
		}
		end = at
		for end > from && data[end-1] == 0 {
			end--
		}
		next = zeroes(data, at+4)
		if next-end >= 8 || next == len(data) {
			return end, next
		}
		at = (next+3)&^3 - 4
	}
	end = len(data)
	for end > from && data[end-1] == 0 {
		end--
	}
	return end, len(data)
}

// The first place from at on that is not zero.
func zeroes(data []byte, at int) int {
	for at+8 <= len(data) && binary.LittleEndian.Uint64(data[at:]) == 0 {
		at += 8
	}
	for at < len(data) && data[at] == 0 {
		at++
	}
	return at
}

// Makes room for the module in one go: grown step by step it takes five times its size.
func proxygroundReserve(out *ld.OutBuf, fns []*wasmFunc) {
	size := 1 << 20
	for _, fn := range fns {
		size += len(fn.Code) + len(fn.Name) + 20
	}
	for _, section := range dataSects {
		size += len(section.data)
	}
	out.ProxygroundReserve(size)
}
