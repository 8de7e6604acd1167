// Package matcher chooses, for each request, the plugin configuration that holds: the first rule of _rules_ that
// matches, else the global configuration, else none.
package matcher

import (
	"github.com/higress-group/wasm-go/pkg/iface"
	"github.com/tidwall/gjson"
)

// RuleMatcher holds the parsed rules and the global configuration of a plugin.
//
// It is a thin form of ruleSet: generic code is compiled anew with every plugin that uses it.
type RuleMatcher[PluginConfig any] struct{ set ruleSet }

// ruleSet is a RuleMatcher whose configurations are pointers to the plugin's own struct.
type ruleSet struct {
	rules []rule
	// Nil before a configuration was parsed.
	global       any
	globalActive bool
}

// The last good version of each rule by its hash key, kept while the VM lives: a reload makes a new matcher.
var lastGood = map[string]any{}

// GetMatchConfig gives the configuration for the current request, or nil when no rule matches and there is no global
// one. An error means that the host did not give the authority, the route's name or the cluster's name.
func (m RuleMatcher[PluginConfig]) GetMatchConfig() (*PluginConfig, error) {
	found, err := m.set.match()
	config, _ := found.(*PluginConfig)
	return config, err
}

// ParseRuleConfig reads a plugin's whole JSON configuration: its global part with parsePluginConfig, each rule with
// parseOverrideConfig, or with parsePluginConfig when that is nil.
func (m *RuleMatcher[PluginConfig]) ParseRuleConfig(
	context iface.PluginContext,
	config gjson.Result,
	parsePluginConfig func(gjson.Result, *PluginConfig) error,
	parseOverrideConfig func(gjson.Result, PluginConfig, *PluginConfig) error,
) error {
	of := configType{
		make: func() any { return new(PluginConfig) },
		parse: func(json gjson.Result, config any) error {
			return parsePluginConfig(json, config.(*PluginConfig))
		},
		copy: func(config any) any {
			original, ok := config.(*PluginConfig)
			if !ok {
				return nil
			}
			copied := *original
			return &copied
		},
	}
	if parseOverrideConfig != nil {
		of.override = func(json gjson.Result, global, config any) error {
			return parseOverrideConfig(json, *global.(*PluginConfig), config.(*PluginConfig))
		}
	}
	return m.set.parse(context, config, of)
}
