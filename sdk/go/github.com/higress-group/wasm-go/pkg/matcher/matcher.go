// Package matcher chooses, for each request, the plugin configuration that holds: the first rule of _rules_ that
// matches, else the global configuration, else none.
package matcher

import (
	"errors"
	"fmt"

	"github.com/higress-group/proxy-wasm-go-sdk/proxywasm"
	"github.com/higress-group/proxy-wasm-go-sdk/proxywasm/types"
	"github.com/higress-group/wasm-go/pkg/iface"
	"github.com/higress-group/wasm-go/pkg/log"
	"github.com/tidwall/gjson"
)

// RuleMatcher holds the parsed rules and the global configuration of a plugin.
type RuleMatcher[PluginConfig any] struct {
	rules        []RuleConfig[PluginConfig]
	global       PluginConfig
	globalActive bool
}

// The last good version of each rule by its hash key, kept while the VM lives: a reload makes a new matcher.
var lastGood = map[string]any{}

// GetMatchConfig gives the configuration for the current request, or nil when no rule matches and there is no global
// one. An error means that the host did not give the authority, the route's name or the cluster's name.
func (m RuleMatcher[PluginConfig]) GetMatchConfig() (*PluginConfig, error) {
	authority, err := proxywasm.GetHttpRequestHeader(":authority")
	if err != nil {
		return nil, err
	}
	route, err := propertyOrEmpty("route_name")
	if err != nil {
		return nil, err
	}
	cluster, err := propertyOrEmpty("cluster_name")
	if err != nil {
		return nil, err
	}
	return m.choose(target{withoutPort(authority), route, cluster}), nil
}

func (m *RuleMatcher[PluginConfig]) choose(t target) *PluginConfig {
	for i := range m.rules {
		if m.rules[i].matches(t) {
			return &m.rules[i].config
		}
	}
	if m.globalActive {
		return &m.global
	}
	return nil
}

// A property that may be missing: any other failure than "not found" counts.
func propertyOrEmpty(name string) (string, error) {
	value, err := proxywasm.GetProperty([]string{name})
	if err != nil && !errors.Is(err, types.ErrorStatusNotFound) {
		return "", err
	}
	return string(value), nil
}

// ParseRuleConfig reads a plugin's whole JSON configuration: its global part with parsePluginConfig, each rule with
// parseOverrideConfig, or with parsePluginConfig when that is nil.
func (m *RuleMatcher[PluginConfig]) ParseRuleConfig(
	context iface.PluginContext,
	config gjson.Result,
	parsePluginConfig func(gjson.Result, *PluginConfig) error,
	parseOverrideConfig func(gjson.Result, PluginConfig, *PluginConfig) error,
) error {
	fields := config.Map()
	rules, hasRules := fields[RULES_KEY]
	if len(fields) == 0 {
		m.globalActive = true
		return parsePluginConfig(config, &m.global)
	}

	var globalErr error
	if !hasRules || len(fields) > 1 {
		var global PluginConfig
		if globalErr = parsePluginConfig(config, &global); globalErr == nil {
			m.global, m.globalActive = global, true
		}
	}
	list := rules.Array()
	if len(list) == 0 && !m.globalActive {
		return noValidRules(globalErr)
	}

	parse := func(rule gjson.Result, target *PluginConfig) error {
		if parseOverrideConfig != nil {
			return parseOverrideConfig(rule, m.global, target)
		}
		return parsePluginConfig(rule, target)
	}
	isolated := context != nil && context.IsRuleLevelConfigIsolation()
	parsed, err := parseRules(list, parse, isolated)
	if err != nil {
		return err
	}
	if len(list) > 0 && len(parsed) == 0 && !m.globalActive {
		return noValidRules(globalErr)
	}
	m.rules = parsed
	return nil
}

// A rule's configuration after the matchers: an error of one rule is the error of all, unless rules are isolated.
func parseRules[PluginConfig any](
	list []gjson.Result,
	parse func(gjson.Result, *PluginConfig) error,
	isolated bool,
) ([]RuleConfig[PluginConfig], error) {
	parsed := make([]RuleConfig[PluginConfig], 0, len(list))
	for _, json := range list {
		var rule RuleConfig[PluginConfig]
		if err := rule.parseMatchers(json); err != nil {
			return nil, err
		}
		err := parse(json, &rule.config)
		if err == nil {
			rule.remember(isolated)
		} else if !isolated {
			return nil, err
		} else if !rule.restore(err) {
			continue
		}
		parsed = append(parsed, rule)
	}
	return parsed, nil
}

func (r *RuleConfig[PluginConfig]) remember(isolated bool) {
	if isolated {
		lastGood[r.GenerateHashKey()] = r.config
	}
}

// Gives a faulty rule its last good version; false when there is none, and the rule is left out.
func (r *RuleConfig[PluginConfig]) restore(cause error) bool {
	key := r.GenerateHashKey()
	config, found := lastGood[key].(PluginConfig)
	if !found {
		log.Warnf("parse rule config failed: %v, the rule %s is left out", cause, key)
		return false
	}
	log.Warnf("parse rule config failed: %v, the rule %s keeps its last good version", cause, key)
	r.config = config
	return true
}

func noValidRules(globalErr error) error {
	return fmt.Errorf("parse config failed, no valid rules; global config parse error:%v", globalErr)
}
