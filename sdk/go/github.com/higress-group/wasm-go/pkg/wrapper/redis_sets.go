package wrapper

// Commands on sets and sorted sets.

// SCard is the size of a set.
func (c *RedisClusterClient[C]) SCard(key string, callback RedisResponseCallback) error {
	return c.send(callback, "scard", key)
}

// SAdd adds members.
func (c *RedisClusterClient[C]) SAdd(key string, vals []interface{}, callback RedisResponseCallback) error {
	return c.send(callback, append([]interface{}{"sadd", key}, vals...)...)
}

// SRem removes members.
func (c *RedisClusterClient[C]) SRem(key string, vals []interface{}, callback RedisResponseCallback) error {
	return c.send(callback, append([]interface{}{"srem", key}, vals...)...)
}

// SIsMember says whether a member is there.
func (c *RedisClusterClient[C]) SIsMember(key string, value interface{}, callback RedisResponseCallback) error {
	return c.send(callback, "sismember", key, value)
}

// SMembers is all members.
func (c *RedisClusterClient[C]) SMembers(key string, callback RedisResponseCallback) error {
	return c.send(callback, "smembers", key)
}

// SDiff is what the first set has and the second has not.
func (c *RedisClusterClient[C]) SDiff(key1, key2 string, callback RedisResponseCallback) error {
	return c.send(callback, "sdiff", key1, key2)
}

// SDiffStore keeps SDiff under another key.
func (c *RedisClusterClient[C]) SDiffStore(destination, key1, key2 string, callback RedisResponseCallback) error {
	return c.send(callback, "sdiffstore", destination, key1, key2)
}

// SInter is what both sets have.
func (c *RedisClusterClient[C]) SInter(key1, key2 string, callback RedisResponseCallback) error {
	return c.send(callback, "sinter", key1, key2)
}

// SInterStore keeps SInter under another key.
func (c *RedisClusterClient[C]) SInterStore(destination, key1, key2 string, callback RedisResponseCallback) error {
	return c.send(callback, "sinterstore", destination, key1, key2)
}

// SUnion is what one of the sets has.
func (c *RedisClusterClient[C]) SUnion(key1, key2 string, callback RedisResponseCallback) error {
	return c.send(callback, "sunion", key1, key2)
}

// SUnionStore keeps SUnion under another key.
func (c *RedisClusterClient[C]) SUnionStore(destination, key1, key2 string, callback RedisResponseCallback) error {
	return c.send(callback, "sunionstore", destination, key1, key2)
}

// ZCard is the size of a sorted set.
func (c *RedisClusterClient[C]) ZCard(key string, callback RedisResponseCallback) error {
	return c.send(callback, "zcard", key)
}

// ZAdd adds members with their scores, in the order of the members.
func (c *RedisClusterClient[C]) ZAdd(key string, msMap map[string]interface{}, callback RedisResponseCallback) error {
	return c.send(callback, append([]interface{}{"zadd", key}, scores(msMap)...)...)
}

// ZCount counts the members between two scores.
func (c *RedisClusterClient[C]) ZCount(key string, min interface{}, max interface{}, callback RedisResponseCallback) error {
	return c.send(callback, "zcount", key, min, max)
}

// ZIncrBy adds to a score.
func (c *RedisClusterClient[C]) ZIncrBy(key string, member string, delta interface{}, callback RedisResponseCallback) error {
	return c.send(callback, "zincrby", key, delta, member)
}

// ZScore is the score of a member.
func (c *RedisClusterClient[C]) ZScore(key, member string, callback RedisResponseCallback) error {
	return c.send(callback, "zscore", key, member)
}

// ZRank is the place of a member, from the lowest score.
func (c *RedisClusterClient[C]) ZRank(key, member string, callback RedisResponseCallback) error {
	return c.send(callback, "zrank", key, member)
}

// ZRevRank is the place of a member, from the highest score.
func (c *RedisClusterClient[C]) ZRevRank(key, member string, callback RedisResponseCallback) error {
	return c.send(callback, "zrevrank", key, member)
}

// ZRem removes members.
func (c *RedisClusterClient[C]) ZRem(key string, members []string, callback RedisResponseCallback) error {
	return c.send(callback, append([]interface{}{"zrem", key}, texts(members)...)...)
}

// ZRange is the members by place, from the lowest score.
func (c *RedisClusterClient[C]) ZRange(key string, start, stop int, callback RedisResponseCallback) error {
	return c.send(callback, "zrange", key, start, stop)
}

// ZRevRange is the members by place, from the highest score.
func (c *RedisClusterClient[C]) ZRevRange(key string, start, stop int, callback RedisResponseCallback) error {
	return c.send(callback, "zrevrange", key, start, stop)
}
