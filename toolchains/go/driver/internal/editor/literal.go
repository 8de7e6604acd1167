package editor

import (
	"fmt"
	"go/types"
	"strings"

	"proxyground.dev/driver/internal/protocol"
)

// functionLiteral offers to write the function that is expected at the place, e.g. the callback of a call.
func (s *Session) functionLiteral(l *list) {
	if l.expected == nil || !strings.HasPrefix("func", l.prefix) {
		return
	}
	signature, ok := l.expected.Underlying().(*types.Signature)
	if !ok || openSignature(signature) {
		return
	}
	var parameters []string
	for i := range signature.Params().Len() {
		parameter := signature.Params().At(i)
		name := parameter.Name()
		if name == "" || name == "_" {
			name = fmt.Sprintf("p%d", i)
		}
		text := types.TypeString(parameter.Type(), s.qualifier)
		if signature.Variadic() && i == signature.Params().Len()-1 {
			text = "..." + strings.TrimPrefix(text, "[]")
		}
		parameters = append(parameters, name+" "+text)
	}
	head := "func(" + strings.Join(parameters, ", ") + ")" + s.results(signature)
	insert := strings.NewReplacer("$", `\$`, "}", `\}`).Replace(head) + " {\n\t$0\n}"
	l.add(protocol.Item{Label: head + " {…}", Kind: "function", Detail: "new function", Insert: insert, Snippet: true}, -12)
}
