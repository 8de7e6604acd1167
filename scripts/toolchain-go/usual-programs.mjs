// Programs whose builds say, beside the examples, what usual builds run of Go's compiler and linker (seen.mjs): what the
// language has, what people get wrong, and what takes the linker's longer way.

const plugin = (imports, body) => `package main

import (
${['github.com/higress-group/wasm-go/pkg/wrapper', 'github.com/tidwall/gjson', ...imports].map((path) => `\t${JSON.stringify(path)}`).join('\n')}
)

func main() {}

func init() { wrapper.SetCtx("usual", wrapper.ParseConfig(func(json gjson.Result, config *Config) error { return nil })) }

${body}
`

/** Statements and types that the examples do not all have. */
const language = `package main

import (
	"cmp"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"maps"
	"math"
	"math/bits"
	"os"
	"regexp"
	"slices"
	"sort"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
	"unsafe"

	"example.com/usual/inner"
)

//go:embed words.txt
var words string

type number interface {
	~int | ~int8 | ~int16 | ~int32 | ~int64 | ~uint | ~uint8 | ~uint16 | ~uint32 | ~uint64 | ~float32 | ~float64
}

type shape interface {
	area() float64
	fmt.Stringer
}

type base struct {
	name string \`json:"name,omitempty"\`
	sync.Mutex
}

type square struct {
	base
	side float64
}

type circle struct {
	*base
	radius float32
	sizes  [4]int16
	inner  struct{ a, b uint8 }
}

func (s square) area() float64    { return s.side * s.side }
func (s *circle) area() float64   { return math.Pi * float64(s.radius) * float64(s.radius) }
func (b base) String() string     { return "<" + b.name + ">" }
func (b *base) rename(to string)  { b.Lock(); defer b.Unlock(); b.name = to }

type list[T any] struct {
	head *node[T]
	size int
}

type node[T any] struct {
	value T
	next  *node[T]
}

func (l *list[T]) push(value T) { l.head = &node[T]{value, l.head}; l.size++ }

func (l *list[T]) all() iter.Seq2[int, T] {
	return func(yield func(int, T) bool) {
		index := 0
		for at := l.head; at != nil; at = at.next {
			if !yield(index, at.value) {
				return
			}
			index++
		}
	}
}

func sum[T number](values ...T) (total T) {
	for _, value := range values {
		total += value
	}
	return
}

func mapped[K cmp.Ordered, V, W any](from map[K]V, change func(K, V) W) []W {
	keys := slices.Sorted(maps.Keys(from))
	found := make([]W, 0, len(keys))
	for _, key := range keys {
		found = append(found, change(key, from[key]))
	}
	return found
}

const (
	first = 1 << iota
	second
	_
	fourth
	big    = 1 << 60
	text   = "a" + "b"
	letter = 'ä'
	ratio  = 1.5e3 / 7
)

type kind uint8

const (
	kindA kind = iota + 1
	kindB
)

func (k kind) String() string {
	switch k {
	case kindA:
		return "a"
	case kindB:
		return "b"
	default:
		return "kind(" + strconv.Itoa(int(k)) + ")"
	}
}

type failure struct{ code int }

func (f *failure) Error() string { return fmt.Sprintf("failure %d", f.code) }

var errBase = errors.New("base")

func fails(n int) (result int, err error) {
	defer func() {
		if reason := recover(); reason != nil {
			err = fmt.Errorf("recovered: %v: %w", reason, errBase)
		}
	}()
	if n == 0 {
		return 0, &failure{n}
	}
	if n > 100 {
		panic("too much")
	}
	return 100 / n, nil
}

func kinds(value any) string {
	switch value := value.(type) {
	case nil:
		return "nil"
	case int, int8, int64:
		return fmt.Sprint(value)
	case string:
		return value
	case []byte:
		return string(value)
	case map[string]any:
		return strconv.Itoa(len(value))
	case func() error:
		return value().Error()
	case error:
		return value.Error()
	case fmt.Stringer:
		return value.String()
	}
	return "other"
}

func arithmetic(a, b int, c, d uint32, e, f float64, g complex128, h uint8, i int64) string {
	a, b = b, a
	a += b << 3
	a -= b >> 2
	a *= b
	if b != 0 {
		a /= b
		a %= b
	}
	a &= 0xff
	a |= 0x10
	a ^= b
	a &^= 3
	c = c<<7 | c>>25
	c += uint32(bits.OnesCount32(d)) + uint32(bits.Len64(uint64(i))) + d/7 + d%10 + c/d
	h++
	h -= uint8(e)
	i = i/1000*int64(h) + i%60 - int64(f)
	g *= complex(e, f)
	e = math.Sqrt(e) + math.Floor(f) + math.Abs(real(g)) - imag(g) + math.Max(e, f) + min(e, f, 3) + max(f, 2)
	wide, low := bits.Mul64(uint64(a), uint64(i))
	return fmt.Sprintf("%d %d %v %v %08b %x %q %t", a, c, e, g, h, wide^low, text, e < f && a >= b || c != d)
}

func loops(values []string, set map[string]struct{}, table [][]int) (count int) {
outer:
	for x, row := range table {
		for y := len(row) - 1; y >= 0; y-- {
			switch {
			case row[y] < 0:
				continue outer
			case row[y] == x*y:
				fallthrough
			case row[y]&1 == 1:
				count++
			case row[y] > 1000:
				break outer
			}
		}
	}
	for n := range 10 {
		count += n
	}
	for index, letter := range "häß 世界" {
		count += index + int(letter)
	}
	for {
		if count > 1_000_000 {
			goto done
		}
		count *= 2
	}
done:
	for key := range set {
		delete(set, key)
	}
	clear(set)
	copy(values[1:], values)
	values = append(values[:1:1], values[2:]...)
	array := [...]string{3: "three", 1: "one"}
	slice := array[1:3:4]
	pointer := &array
	for index := range pointer {
		pointer[index] += slice[0]
	}
	fixed := [3]int(make([]int, 3))
	return count + len(slice) + cap(slice) + fixed[0]
}

func together(names []string) []string {
	var (
		wait   sync.WaitGroup
		once   sync.Once
		total  atomic.Int64
		found  = make(chan string, len(names))
		closed = make(chan struct{})
	)
	for _, name := range names {
		wait.Add(1)
		go func(prefix string) {
			defer wait.Done()
			total.Add(1)
			once.Do(func() { close(closed) })
			select {
			case found <- prefix + name:
			case <-closed:
			case <-time.After(time.Millisecond):
			default:
			}
		}("go ")
	}
	wait.Wait()
	close(found)
	var all []string
	for name := range found {
		all = append(all, name)
	}
	if last, open := <-found; open {
		all = append(all, last)
	}
	return all
}

type settings struct {
	Name    string            \`json:"name"\`
	Limits  map[string]int    \`json:"limits"\`
	Headers [][2]string       \`json:"headers"\`
	Next    *settings         \`json:"next"\`
	hidden  func(int) (bool, error)
	any
}

var (
	pattern  = regexp.MustCompile(\`^(\\w+)-(\\d+)$\`)
	handlers = map[string]func(...string) string{
		"join":  func(parts ...string) string { return strings.Join(parts, ",") },
		"count": func(parts ...string) string { return strconv.Itoa(len(parts)) },
	}
	points = map[struct{ x, y int }]string{{1, 2}: "a", {3, 4}: "b"}
	order  = []shape{square{side: 2}, &circle{base: &base{name: "c"}}}
	depends = later + 1
	later   = compute()
)

func compute() int { return len(words) + inner.Twice(3) }

func main() {
	var made list[string]
	made.push("x")
	for index, value := range made.all() {
		if index > 3 {
			break
		}
		fmt.Fprintln(os.Stderr, index, value)
	}
	var config settings
	if err := json.Unmarshal([]byte(words), &config); err != nil {
		var known *failure
		if errors.As(err, &known) || errors.Is(err, errBase) {
			panic(err)
		}
	}
	sort.SliceStable(order, func(i, j int) bool { return order[i].area() < order[j].area() })
	slices.SortFunc(order, func(a, b shape) int { return cmp.Compare(a.area(), b.area()) })
	rename := order[1].(*circle).rename
	rename("d")
	area := shape.area
	builder := strings.Builder{}
	builder.WriteString(kinds(area(order[0])))
	builder.WriteByte(words[0])
	builder.WriteRune(letter)
	result, err := fails(later)
	header := (*[2]uintptr)(unsafe.Pointer(&words))
	for key, handle := range handlers {
		builder.WriteString(key + handle(together([]string{"a", "b"})...))
	}
	if match := pattern.FindStringSubmatch(builder.String()); len(match) > 2 && match[1] != "" {
		result++
	}
	fmt.Println(sum(1, 2), sum(1.5), sum[uint8](1), result, err, header[1], points, depends, first|second|fourth, big, ratio)
	fmt.Println(mapped(map[int]string{1: "a"}, func(key int, value string) kind { return kind(key + len(value)) }))
	fmt.Println(arithmetic(1, 2, 3, 4, 5, 6, 7, 8, 9), loops(nil, nil, nil), unsafe.Sizeof(config), config.Next.hidden == nil)
	println(words, later, ratio, order[0] == order[1], any(words) == any(text))
}
`

const inner = `package inner

import "strings"

// Kept is used by nobody.
var Kept = strings.Repeat("x", 3)

type Pair[A, B any] struct {
	First  A
	Second B
}

func (p Pair[A, B]) Swap() Pair[B, A] { return Pair[B, A]{p.Second, p.First} }

func Twice(n int) int { return Pair[int, string]{n, ""}.Swap().Second * 2 }
`

/** Bodies of plugins of which each is wrong in a way of its own. */
const wrong = [
  ['type Config struct{}\nfunc f() { var unused int }', []],
  ['type Config struct{}\nfunc f() int { for { break } }', []],
  ['type Config struct{}\nfunc f() { missing(1); undefined.Name() }', []],
  ['type Config struct{}\nfunc f() { var n int = "text"; n = 1.5; n += nil; _ = n }', []],
  [
    'type Config struct{}\nfunc f(a int, b string) {}\nfunc g() { f(1); f("x", 2); f(1, "b", 3); a, b := 1; _ = a }',
    [],
  ],
  ['type Config struct{ a int; a string }\nfunc f() {}\nfunc f() {}', []],
  ['type Config struct{}\ntype i interface{ M(); N() int }\nfunc (c *Config) M() {}\nvar _ i = Config{}', []],
  ['type Config struct{}\nfunc f() {', []],
  ['type Config struct{}\nfunc f() { if x := 1 { } else }', []],
  ['type Config struct{}\nvar s = "open\nfunc f() { return 1, }', []],
  ['type Config struct{}\nfunc f[T any](t T) T { return t + 1 }\nvar _ = f[int, int](1)\nvar _ = f("x") + 1', []],
  ['type Config struct{ Next Config }\nvar a = b\nvar b = a', []],
  ['type Config struct{}\nfunc f(c Config) { c.Missing = 1; c.miss(); wrapper.Missing(); wrapper.SetCtx(1) }', []],
  ['type Config struct{}\nfunc f() { switch x := any(1).(type) { case int: case int: }; L: for { continue M } }', []],
  ['type Config struct{}\nconst c uint8 = 300\nvar d = 1 / 0\nvar e = [2]int{1, 2, 3}\nvar g = "a"[5]', []],
  ['type Config struct{}', ['strings', 'net/missing']],
  ['type Config struct{}\nfunc body()\n//go:linkname body other.body', ['os']],
]

/**
 * Programs, as `sources` of a plugin and its `sdk`. Whether one compiles is no matter; the last takes the full archives,
 * which the linker is asked for after it failed with the lean ones.
 */
export const usualPrograms = () => [
  {
    sdk: 'tinygo',
    sources: {
      'go.mod': 'module example.com/usual\n\ngo 1.24\n',
      'main.go': language,
      'inner/inner.go': inner,
      'words.txt': '{"name": "words"}\n',
    },
  },
  ...wrong.map(([body, imports]) => ({ sdk: 'higress', sources: { 'main.go': plugin(imports, body) } })),
  {
    sdk: 'higress',
    sources: {
      'main.go': plugin(
        ['net/http', 'text/template'],
        'type Config struct{ page *template.Template }\nfunc get() { reply, err := http.Get("/"); println(reply, err) }',
      ),
    },
  },
]
