package guest

// The host's callbacks, on whatever kind of context they are for. A context the plugin does not know panics, with the
// texts of the Go SDKs: it means that the host broke the order of proxy-wasm-host.md 3.2.

func onVMStart(root uint32, configurationSize int) bool {
	Starting = root
	return vm().start(configurationSize)
}

func onConfigure(context uint32, configurationSize int) bool {
	plugin := contexts[context].asPlugin()
	if plugin == nil {
		panic("invalid context on proxy_on_configure")
	}
	active = context
	return plugin.start(configurationSize)
}

func onContextCreate(context, parent uint32) {
	if _, ok := contexts[context]; ok {
		panic("context id duplicated")
	}
	if parent == 0 {
		plugin := vm().newPlugin(context)
		plugin.httpCalls = map[uint32]callout[HTTPCallback]{}
		plugin.redisCalls = map[uint32]callout[RedisCallback]{}
		contexts[context] = &entry{root: plugin, plugin: plugin}
		return
	}
	plugin := contexts[parent].asPlugin()
	if plugin == nil {
		panic("invalid plugin context id")
	}
	if stream := plugin.newHTTP(context); stream != nil {
		contexts[context] = &entry{root: plugin, http: stream}
	} else if connection := plugin.newTCP(context); connection != nil {
		contexts[context] = &entry{root: plugin, tcp: connection}
	} else {
		panic("invalid context id on proxy_on_context_create")
	}
}

func onTick(context uint32) {
	plugin := contexts[context].asPlugin()
	if plugin == nil {
		panic("invalid root_context_id")
	}
	active = context
	plugin.context.OnTick()
}

func onQueueReady(context, queue uint32) {
	plugin := contexts[context].asPlugin()
	if plugin == nil {
		panic("invalid context")
	}
	active = context
	plugin.context.OnQueueReady(queue)
}

func onLog(context uint32) {
	known, ok := contexts[context]
	if !ok {
		return
	}
	switch {
	case known.tcp != nil:
		active = context
		known.tcp.streamDone()
	case known.http != nil:
		active = context
		known.http.streamDone()
	}
}

func onDone(context uint32) bool {
	plugin := contexts[context].asPlugin()
	if plugin == nil {
		return true
	}
	active = context
	return plugin.context.OnPluginDone()
}

func onDelete(context uint32) {
	if _, ok := contexts[context]; !ok {
		panic("invalid context on proxy_on_delete")
	}
	delete(contexts, context)
}

// stream is the HTTP stream the callback is for.
func stream(context uint32, callback string) httpStream {
	known, ok := contexts[context]
	if !ok || known.http == nil {
		panic("invalid context on " + callback)
	}
	active = context
	return known.http
}

// connection is the TCP connection the callback is for.
func connection(context uint32, callback string) tcpConnection {
	known, ok := contexts[context]
	if !ok || known.tcp == nil {
		panic("invalid context on " + callback)
	}
	active = context
	return known.tcp
}
