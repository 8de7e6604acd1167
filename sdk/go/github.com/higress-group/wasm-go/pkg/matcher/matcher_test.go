package matcher

import (
	"errors"
	"testing"

	"github.com/higress-group/wasm-go/pkg/iface"
	"github.com/higress-group/wasm-go/pkg/log"
	"github.com/tidwall/gjson"
)

func TestAPortIsNoPartOfTheDomain(t *testing.T) {
	for authority, want := range map[string]string{
		"example.com":      "example.com",
		"example.com:8080": "example.com",
		"[::1]:8080":       "[::1]",
		"[::1]":            "[::1]",
		"::1":              "::1",
		"":                 "",
	} {
		if got := withoutPort(authority); got != want {
			t.Errorf("%q: got %q, want %q", authority, got, want)
		}
	}
}

func TestDomainPatterns(t *testing.T) {
	cases := []struct {
		pattern, host string
		want          bool
	}{
		{"*.example.com", "a.example.com", true},
		{"*.example.com", "example.com", false},
		{"*", "anything", true},
		{"*example.com", "example.com", true},
		{"www.*", "www.example.com", true},
		{"www.*", "example.com", false},
		{"example.com", "example.com", true},
		{"example.com", "Example.com", false},
	}
	for _, c := range cases {
		if got := newHostMatcher(c.pattern).matches(c.host); got != c.want {
			t.Errorf("%q against %q: got %t", c.pattern, c.host, got)
		}
	}
}

func TestServicePatterns(t *testing.T) {
	cluster := "outbound|80||auth.dns"
	for pattern, want := range map[string]bool{"auth.dns": true, "auth.dns:80": true, "auth.dns:81": false, "auth": false} {
		if got := matchesService(pattern, cluster); got != want {
			t.Errorf("%q: got %t", pattern, got)
		}
	}
	if matchesService("httpbin", "httpbin") {
		t.Error("a cluster without four parts has no service")
	}
}

func parseName(json gjson.Result, config *string) error {
	if json.Get("refuse").Bool() {
		return errors.New("refused")
	}
	*config = json.Get("name").String()
	return nil
}

func parsed(t *testing.T, context iface.PluginContext, config string) *RuleMatcher[string] {
	t.Helper()
	var m RuleMatcher[string]
	if err := m.ParseRuleConfig(context, gjson.Parse(config), parseName, nil); err != nil {
		t.Fatal(err)
	}
	return &m
}

// The configuration for a host, empty when there is none.
func chosen(m *RuleMatcher[string], host string) string {
	config, ok := m.set.choose(target{host: host}).(*string)
	if !ok {
		return ""
	}
	return *config
}

func TestOneCategoryOfARuleDecides(t *testing.T) {
	m := parsed(t, nil, `{"_rules_":[
		{"name":"route","_match_route_":["r"],"_match_domain_":["never"]},
		{"name":"both","_match_route_":["s"],"_match_service_":["auth.dns"]},
		{"name":"domain","_match_domain_":["d"],"_match_service_":["never"]},
		{"name":"service","_match_service_":["auth.dns:80"]},
		{"name":"prefix","_match_route_prefix_":["team-"]}
	]}`)
	cases := []struct {
		target target
		want   string
	}{
		{target{"d", "r", ""}, "route"},
		{target{"", "s", "outbound|80||auth.dns"}, "both"},
		{target{"", "s", "outbound|80||other.dns"}, ""},
		{target{"d", "", ""}, "domain"},
		{target{"", "", "outbound|80||auth.dns"}, "service"},
		{target{"", "team-a", ""}, "prefix"},
		{target{"", "", ""}, ""},
	}
	for _, c := range cases {
		got := ""
		if config, ok := m.set.choose(c.target).(*string); ok {
			got = *config
		}
		if got != c.want {
			t.Errorf("%+v: got %q, want %q", c.target, got, c.want)
		}
	}
}

func TestAGlobalPartThatIsRefusedIsToleratedBesideRules(t *testing.T) {
	m := parsed(t, nil, `{"refuse":true,"_rules_":[{"name":"a","_match_domain_":["*"]}]}`)
	if m.set.globalActive {
		t.Error("the refused global part must not hold")
	}
	if got := chosen(m, "x"); got != "a" {
		t.Errorf("got %q", got)
	}
}

type isolation struct{ iface.PluginContext }

func (isolation) IsRuleLevelConfigIsolation() bool { return true }

type silent struct{ log.Log }

func (silent) Warnf(string, ...interface{}) {}

func TestAnIsolatedRuleKeepsItsLastGoodVersion(t *testing.T) {
	log.SetPluginLog(silent{})
	t.Cleanup(func() { log.SetPluginLog(nil); lastGood = map[string]any{} })
	parsed(t, isolation{}, `{"_rules_":[{"name":"good","_match_domain_":["a"]}]}`)
	m := parsed(t, isolation{}, `{"_rules_":[
		{"refuse":true,"_match_domain_":["a"]},
		{"refuse":true,"_match_domain_":["unknown"]},
		{"name":"new","_match_domain_":["b"]}
	]}`)
	if len(m.set.rules) != 2 || chosen(m, "a") != "good" || chosen(m, "b") != "new" {
		t.Errorf("got %+v", m.set.rules)
	}
	var strict RuleMatcher[string]
	if err := strict.ParseRuleConfig(nil, gjson.Parse(`{"_rules_":[{"refuse":true,"_match_domain_":["a"]}]}`), parseName, nil); err == nil {
		t.Error("without isolation one faulty rule fails the start")
	}
}

func TestTheHashKeyOfARuleDoesNotDependOnTheOrderOfItsMatchers(t *testing.T) {
	key := func(rule string) string {
		var r RuleConfig[string]
		if err := r.parseMatchers(gjson.Parse(rule)); err != nil {
			t.Fatal(err)
		}
		return r.GenerateHashKey()
	}
	if key(`{"_match_domain_":["a","b"]}`) != key(`{"_match_domain_":["b","a"]}`) {
		t.Error("same matchers, other key")
	}
	if key(`{"_match_domain_":["a"]}`) == key(`{"_match_route_":["a"]}`) {
		t.Error("other matchers, same key")
	}
}
