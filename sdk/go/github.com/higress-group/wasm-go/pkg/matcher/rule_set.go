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

// configType is what has to be known of a plugin's own struct. Configurations are pointers to it.
type configType struct {
	// An empty configuration.
	make func() any
	// Reads the global part, and rules when override is nil.
	parse func(json gjson.Result, config any) error
	// Reads a rule beside the global part.
	override func(json gjson.Result, global, config any) error
	// A copy, or nil of something else.
	copy func(config any) any
}

// match is GetMatchConfig.
func (s *ruleSet) match() (any, error) {
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
	return s.choose(target{withoutPort(authority), route, cluster}), nil
}

func (s *ruleSet) choose(t target) any {
	for i := range s.rules {
		if s.rules[i].matches(t) {
			return s.rules[i].config
		}
	}
	if s.globalActive {
		return s.global
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

// parse is ParseRuleConfig.
func (s *ruleSet) parse(context iface.PluginContext, config gjson.Result, of configType) error {
	fields := config.Map()
	rules, hasRules := fields[RULES_KEY]
	if s.global == nil {
		s.global = of.make()
	}
	if len(fields) == 0 {
		s.globalActive = true
		return of.parse(config, s.global)
	}

	var globalErr error
	if !hasRules || len(fields) > 1 {
		global := of.make()
		if globalErr = of.parse(config, global); globalErr == nil {
			s.global, s.globalActive = global, true
		}
	}
	list := rules.Array()
	if len(list) == 0 && !s.globalActive {
		return noValidRules(globalErr)
	}
	isolated := context != nil && context.IsRuleLevelConfigIsolation()
	parsed, err := s.parseRules(list, of, isolated)
	if err != nil {
		return err
	}
	if len(list) > 0 && len(parsed) == 0 && !s.globalActive {
		return noValidRules(globalErr)
	}
	s.rules = parsed
	return nil
}

// A rule's configuration after the matchers: an error of one rule is the error of all, unless rules are isolated.
func (s *ruleSet) parseRules(list []gjson.Result, of configType, isolated bool) ([]rule, error) {
	parsed := make([]rule, 0, len(list))
	for _, json := range list {
		r := rule{config: of.make()}
		if err := r.parseMatchers(json); err != nil {
			return nil, err
		}
		err := s.parseRule(json, of, r.config)
		if err == nil {
			r.remember(of, isolated)
		} else if !isolated {
			return nil, err
		} else if !r.restore(of, err) {
			continue
		}
		parsed = append(parsed, r)
	}
	return parsed, nil
}

func (s *ruleSet) parseRule(json gjson.Result, of configType, config any) error {
	if of.override != nil {
		return of.override(json, s.global, config)
	}
	return of.parse(json, config)
}

func (r *rule) remember(of configType, isolated bool) {
	if isolated {
		lastGood[r.GenerateHashKey()] = of.copy(r.config)
	}
}

// Gives a faulty rule its last good version; false when there is none, and the rule is left out.
func (r *rule) restore(of configType, cause error) bool {
	key := r.GenerateHashKey()
	config := of.copy(lastGood[key])
	if config == nil {
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
