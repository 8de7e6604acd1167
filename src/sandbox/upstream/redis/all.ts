/** What a run needs of the Redis mock: more than a tenth of the sandbox's code, and most projects have no Redis. */
export { redisKeys } from './dump.ts'
export { RedisServer } from './server.ts'
