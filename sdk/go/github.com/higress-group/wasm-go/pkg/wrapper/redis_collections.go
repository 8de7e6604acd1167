package wrapper

// Commands on lists and hashes.

// LLen is the length of a list.
func (c *RedisClusterClient[C]) LLen(key string, callback RedisResponseCallback) error {
	return c.send(callback, "llen", key)
}

// RPush appends to a list.
func (c *RedisClusterClient[C]) RPush(key string, vals []interface{}, callback RedisResponseCallback) error {
	return c.send(callback, append([]interface{}{"rpush", key}, vals...)...)
}

// RPop takes the last of a list.
func (c *RedisClusterClient[C]) RPop(key string, callback RedisResponseCallback) error {
	return c.send(callback, "rpop", key)
}

// LPush prepends to a list.
func (c *RedisClusterClient[C]) LPush(key string, vals []interface{}, callback RedisResponseCallback) error {
	return c.send(callback, append([]interface{}{"lpush", key}, vals...)...)
}

// LPop takes the first of a list.
func (c *RedisClusterClient[C]) LPop(key string, callback RedisResponseCallback) error {
	return c.send(callback, "lpop", key)
}

// LIndex reads one of a list.
func (c *RedisClusterClient[C]) LIndex(key string, index int, callback RedisResponseCallback) error {
	return c.send(callback, "lindex", key, index)
}

// LRange reads from start to stop, both included.
func (c *RedisClusterClient[C]) LRange(key string, start, stop int, callback RedisResponseCallback) error {
	return c.send(callback, "lrange", key, start, stop)
}

// LRem removes count of the values that are equal.
func (c *RedisClusterClient[C]) LRem(key string, count int, value interface{}, callback RedisResponseCallback) error {
	return c.send(callback, "lrem", key, count, value)
}

// LInsertBefore inserts before a value.
func (c *RedisClusterClient[C]) LInsertBefore(key string, pivot, value interface{}, callback RedisResponseCallback) error {
	return c.send(callback, "linsert", key, "before", pivot, value)
}

// LInsertAfter inserts after a value.
func (c *RedisClusterClient[C]) LInsertAfter(key string, pivot, value interface{}, callback RedisResponseCallback) error {
	return c.send(callback, "linsert", key, "after", pivot, value)
}

// HExists says whether a field is there.
func (c *RedisClusterClient[C]) HExists(key, field string, callback RedisResponseCallback) error {
	return c.send(callback, "hexists", key, field)
}

// HDel removes fields.
func (c *RedisClusterClient[C]) HDel(key string, fields []string, callback RedisResponseCallback) error {
	return c.send(callback, append([]interface{}{"hdel", key}, texts(fields)...)...)
}

// HLen is the number of fields.
func (c *RedisClusterClient[C]) HLen(key string, callback RedisResponseCallback) error {
	return c.send(callback, "hlen", key)
}

// HGet reads a field.
func (c *RedisClusterClient[C]) HGet(key, field string, callback RedisResponseCallback) error {
	return c.send(callback, "hget", key, field)
}

// HSet writes a field.
func (c *RedisClusterClient[C]) HSet(key, field string, value interface{}, callback RedisResponseCallback) error {
	return c.send(callback, "hset", key, field, value)
}

// HMGet reads fields.
func (c *RedisClusterClient[C]) HMGet(key string, fields []string, callback RedisResponseCallback) error {
	return c.send(callback, append([]interface{}{"hmget", key}, texts(fields)...)...)
}

// HMSet writes fields, in the order of their names.
func (c *RedisClusterClient[C]) HMSet(key string, kvMap map[string]interface{}, callback RedisResponseCallback) error {
	return c.send(callback, append([]interface{}{"hmset", key}, pairs(kvMap)...)...)
}

// HKeys is the names of the fields.
func (c *RedisClusterClient[C]) HKeys(key string, callback RedisResponseCallback) error {
	return c.send(callback, "hkeys", key)
}

// HVals is the values of the fields.
func (c *RedisClusterClient[C]) HVals(key string, callback RedisResponseCallback) error {
	return c.send(callback, "hvals", key)
}

// HGetAll is names and values in turn.
func (c *RedisClusterClient[C]) HGetAll(key string, callback RedisResponseCallback) error {
	return c.send(callback, "hgetall", key)
}

// HIncrBy adds to a field.
func (c *RedisClusterClient[C]) HIncrBy(key, field string, delta int, callback RedisResponseCallback) error {
	return c.send(callback, "hincrby", key, field, delta)
}

// HIncrByFloat adds a fraction to a field.
func (c *RedisClusterClient[C]) HIncrByFloat(key, field string, delta float64, callback RedisResponseCallback) error {
	return c.send(callback, "hincrbyfloat", key, field, delta)
}
