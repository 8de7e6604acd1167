import { Cluster } from './cluster'
import { RedisConnection, RedisResponseCallback } from './redis'

/**
 * Commands for the Redis behind a cluster, named as in Go: `NewRedisClusterClient(new FQDNCluster('redis.dns', 6379))`, then
 * `Init`. A method gives an error if the command could not be sent: then the callback does not come, do not pause. The
 * callback may be null.
 */
export class RedisClient extends RedisConnection {
  constructor(cluster: Cluster) {
    super(cluster)
  }

  /** Runs a Lua script on the server, as one step that nothing interrupts. */
  Eval(script: string, keys: string[], args: string[], callback: RedisResponseCallback | null): Error | null {
    return this.Command(['eval', script, keys.length.toString()].concat(keys).concat(args), callback)
  }

  // Keys and single values
  Del(key: string, callback: RedisResponseCallback | null): Error | null {
    return this.Command(['del', key], callback)
  }
  /** Answers with 0 or 1. */
  Exists(key: string, callback: RedisResponseCallback | null): Error | null {
    return this.Command(['exists', key], callback)
  }
  Expire(key: string, ttlSeconds: i32, callback: RedisResponseCallback | null): Error | null {
    return this.Command(['expire', key, ttlSeconds.toString()], callback)
  }
  Persist(key: string, callback: RedisResponseCallback | null): Error | null {
    return this.Command(['persist', key], callback)
  }
  /** Answers with null if there is no such key. */
  Get(key: string, callback: RedisResponseCallback | null): Error | null {
    return this.Command(['get', key], callback)
  }
  Set(key: string, value: string, callback: RedisResponseCallback | null): Error | null {
    return this.Command(['set', key, value], callback)
  }
  SetEx(key: string, value: string, ttlSeconds: i32, callback: RedisResponseCallback | null): Error | null {
    return this.Command(['set', key, value, 'ex', ttlSeconds.toString()], callback)
  }
  /** Only if the key is new; answers with OK or null. */
  SetNX(key: string, value: string, ttlSeconds: i32, callback: RedisResponseCallback | null): Error | null {
    return this.Command(['set', key, value, 'nx', 'ex', ttlSeconds.toString()], callback)
  }
  MGet(keys: string[], callback: RedisResponseCallback | null): Error | null {
    return this.Command(['mget'].concat(keys), callback)
  }
  /** `[[key, value], …]` */
  MSet(pairs: string[][], callback: RedisResponseCallback | null): Error | null {
    return this.Command(['mset'].concat(flat(pairs)), callback)
  }
  /** Answers with the sum. */
  Incr(key: string, callback: RedisResponseCallback | null): Error | null {
    return this.Command(['incr', key], callback)
  }
  Decr(key: string, callback: RedisResponseCallback | null): Error | null {
    return this.Command(['decr', key], callback)
  }
  IncrBy(key: string, delta: i64, callback: RedisResponseCallback | null): Error | null {
    return this.Command(['incrby', key, delta.toString()], callback)
  }
  DecrBy(key: string, delta: i64, callback: RedisResponseCallback | null): Error | null {
    return this.Command(['decrby', key, delta.toString()], callback)
  }

  // Lists
  LLen(key: string, callback: RedisResponseCallback | null): Error | null {
    return this.Command(['llen', key], callback)
  }
  RPush(key: string, values: string[], callback: RedisResponseCallback | null): Error | null {
    return this.Command(['rpush', key].concat(values), callback)
  }
  RPop(key: string, callback: RedisResponseCallback | null): Error | null {
    return this.Command(['rpop', key], callback)
  }
  LPush(key: string, values: string[], callback: RedisResponseCallback | null): Error | null {
    return this.Command(['lpush', key].concat(values), callback)
  }
  LPop(key: string, callback: RedisResponseCallback | null): Error | null {
    return this.Command(['lpop', key], callback)
  }
  LIndex(key: string, index: i32, callback: RedisResponseCallback | null): Error | null {
    return this.Command(['lindex', key, index.toString()], callback)
  }
  LRange(key: string, start: i32, stop: i32, callback: RedisResponseCallback | null): Error | null {
    return this.Command(['lrange', key, start.toString(), stop.toString()], callback)
  }
  LRem(key: string, count: i32, value: string, callback: RedisResponseCallback | null): Error | null {
    return this.Command(['lrem', key, count.toString(), value], callback)
  }
  LInsertBefore(key: string, pivot: string, value: string, callback: RedisResponseCallback | null): Error | null {
    return this.Command(['linsert', key, 'before', pivot, value], callback)
  }
  LInsertAfter(key: string, pivot: string, value: string, callback: RedisResponseCallback | null): Error | null {
    return this.Command(['linsert', key, 'after', pivot, value], callback)
  }

  // Hashes
  HExists(key: string, field: string, callback: RedisResponseCallback | null): Error | null {
    return this.Command(['hexists', key, field], callback)
  }
  HDel(key: string, fields: string[], callback: RedisResponseCallback | null): Error | null {
    return this.Command(['hdel', key].concat(fields), callback)
  }
  HLen(key: string, callback: RedisResponseCallback | null): Error | null {
    return this.Command(['hlen', key], callback)
  }
  HGet(key: string, field: string, callback: RedisResponseCallback | null): Error | null {
    return this.Command(['hget', key, field], callback)
  }
  HSet(key: string, field: string, value: string, callback: RedisResponseCallback | null): Error | null {
    return this.Command(['hset', key, field, value], callback)
  }
  HMGet(key: string, fields: string[], callback: RedisResponseCallback | null): Error | null {
    return this.Command(['hmget', key].concat(fields), callback)
  }
  /** `[[field, value], …]` */
  HMSet(key: string, pairs: string[][], callback: RedisResponseCallback | null): Error | null {
    return this.Command(['hmset', key].concat(flat(pairs)), callback)
  }
  HKeys(key: string, callback: RedisResponseCallback | null): Error | null {
    return this.Command(['hkeys', key], callback)
  }
  HVals(key: string, callback: RedisResponseCallback | null): Error | null {
    return this.Command(['hvals', key], callback)
  }
  /** Answers with fields and values in turn. */
  HGetAll(key: string, callback: RedisResponseCallback | null): Error | null {
    return this.Command(['hgetall', key], callback)
  }
  HIncrBy(key: string, field: string, delta: i64, callback: RedisResponseCallback | null): Error | null {
    return this.Command(['hincrby', key, field, delta.toString()], callback)
  }
  HIncrByFloat(key: string, field: string, delta: f64, callback: RedisResponseCallback | null): Error | null {
    return this.Command(['hincrbyfloat', key, field, delta.toString()], callback)
  }

  // Sets
  SCard(key: string, callback: RedisResponseCallback | null): Error | null {
    return this.Command(['scard', key], callback)
  }
  SAdd(key: string, values: string[], callback: RedisResponseCallback | null): Error | null {
    return this.Command(['sadd', key].concat(values), callback)
  }
  SRem(key: string, values: string[], callback: RedisResponseCallback | null): Error | null {
    return this.Command(['srem', key].concat(values), callback)
  }
  SIsMember(key: string, value: string, callback: RedisResponseCallback | null): Error | null {
    return this.Command(['sismember', key, value], callback)
  }
  SMembers(key: string, callback: RedisResponseCallback | null): Error | null {
    return this.Command(['smembers', key], callback)
  }
  SDiff(key1: string, key2: string, callback: RedisResponseCallback | null): Error | null {
    return this.Command(['sdiff', key1, key2], callback)
  }
  SDiffStore(destination: string, key1: string, key2: string, callback: RedisResponseCallback | null): Error | null {
    return this.Command(['sdiffstore', destination, key1, key2], callback)
  }
  SInter(key1: string, key2: string, callback: RedisResponseCallback | null): Error | null {
    return this.Command(['sinter', key1, key2], callback)
  }
  SInterStore(destination: string, key1: string, key2: string, callback: RedisResponseCallback | null): Error | null {
    return this.Command(['sinterstore', destination, key1, key2], callback)
  }
  SUnion(key1: string, key2: string, callback: RedisResponseCallback | null): Error | null {
    return this.Command(['sunion', key1, key2], callback)
  }
  SUnionStore(destination: string, key1: string, key2: string, callback: RedisResponseCallback | null): Error | null {
    return this.Command(['sunionstore', destination, key1, key2], callback)
  }

  // Sorted sets
  ZCard(key: string, callback: RedisResponseCallback | null): Error | null {
    return this.Command(['zcard', key], callback)
  }
  /** `[[score, member], …]` */
  ZAdd(key: string, pairs: string[][], callback: RedisResponseCallback | null): Error | null {
    return this.Command(['zadd', key].concat(flat(pairs)), callback)
  }
  ZCount(key: string, min: string, max: string, callback: RedisResponseCallback | null): Error | null {
    return this.Command(['zcount', key, min, max], callback)
  }
  ZIncrBy(key: string, member: string, delta: string, callback: RedisResponseCallback | null): Error | null {
    return this.Command(['zincrby', key, delta, member], callback)
  }
  ZScore(key: string, member: string, callback: RedisResponseCallback | null): Error | null {
    return this.Command(['zscore', key, member], callback)
  }
  ZRank(key: string, member: string, callback: RedisResponseCallback | null): Error | null {
    return this.Command(['zrank', key, member], callback)
  }
  ZRevRank(key: string, member: string, callback: RedisResponseCallback | null): Error | null {
    return this.Command(['zrevrank', key, member], callback)
  }
  ZRem(key: string, members: string[], callback: RedisResponseCallback | null): Error | null {
    return this.Command(['zrem', key].concat(members), callback)
  }
  ZRange(key: string, start: i32, stop: i32, callback: RedisResponseCallback | null): Error | null {
    return this.Command(['zrange', key, start.toString(), stop.toString()], callback)
  }
  ZRevRange(key: string, start: i32, stop: i32, callback: RedisResponseCallback | null): Error | null {
    return this.Command(['zrevrange', key, start.toString(), stop.toString()], callback)
  }
}

export function NewRedisClusterClient(cluster: Cluster): RedisClient {
  return new RedisClient(cluster)
}

function flat(pairs: string[][]): string[] {
  const words = new Array<string>()
  for (let i = 0; i < pairs.length; i++) {
    words.push(pairs[i][0])
    words.push(pairs[i][1])
  }
  return words
}
