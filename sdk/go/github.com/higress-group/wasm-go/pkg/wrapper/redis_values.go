package wrapper

// Commands on keys and on single values.

// Del removes a key.
func (c *RedisClusterClient[C]) Del(key string, callback RedisResponseCallback) error {
	return c.send(callback, "del", key)
}

// Exists counts the key: 0 or 1.
func (c *RedisClusterClient[C]) Exists(key string, callback RedisResponseCallback) error {
	return c.send(callback, "exists", key)
}

// Expire lets a key end after ttl seconds.
func (c *RedisClusterClient[C]) Expire(key string, ttl int, callback RedisResponseCallback) error {
	return c.send(callback, "expire", key, ttl)
}

// Persist takes the end of a key away.
func (c *RedisClusterClient[C]) Persist(key string, callback RedisResponseCallback) error {
	return c.send(callback, "persist", key)
}

// Get reads a value; null when there is none.
func (c *RedisClusterClient[C]) Get(key string, callback RedisResponseCallback) error {
	return c.send(callback, "get", key)
}

// Set writes a value.
func (c *RedisClusterClient[C]) Set(key string, value interface{}, callback RedisResponseCallback) error {
	return c.send(callback, "set", key, value)
}

// SetEx writes a value that ends after ttl seconds.
func (c *RedisClusterClient[C]) SetEx(key string, value interface{}, ttl int, callback RedisResponseCallback) error {
	return c.send(callback, "set", key, value, "ex", ttl)
}

// SetNX writes a value that ends after ttl seconds when the key is new; the answer is OK or null.
func (c *RedisClusterClient[C]) SetNX(key string, value interface{}, ttl int, callback RedisResponseCallback) error {
	return c.send(callback, "set", key, value, "nx", "ex", ttl)
}

// MGet reads several values.
func (c *RedisClusterClient[C]) MGet(keys []string, callback RedisResponseCallback) error {
	return c.send(callback, append([]interface{}{"mget"}, texts(keys)...)...)
}

// MSet writes several values, in the order of their keys.
func (c *RedisClusterClient[C]) MSet(kvMap map[string]interface{}, callback RedisResponseCallback) error {
	return c.send(callback, append([]interface{}{"mset"}, pairs(kvMap)...)...)
}

// Incr adds one and answers with the sum.
func (c *RedisClusterClient[C]) Incr(key string, callback RedisResponseCallback) error {
	return c.send(callback, "incr", key)
}

// Decr takes one away and answers with the rest.
func (c *RedisClusterClient[C]) Decr(key string, callback RedisResponseCallback) error {
	return c.send(callback, "decr", key)
}

// IncrBy adds delta and answers with the sum.
func (c *RedisClusterClient[C]) IncrBy(key string, delta int, callback RedisResponseCallback) error {
	return c.send(callback, "incrby", key, delta)
}

// DecrBy takes delta away and answers with the rest.
func (c *RedisClusterClient[C]) DecrBy(key string, delta int, callback RedisResponseCallback) error {
	return c.send(callback, "decrby", key, delta)
}
