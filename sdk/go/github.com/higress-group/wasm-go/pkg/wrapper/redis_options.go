package wrapper

import (
	"fmt"
	"time"
)

type redisOptions struct {
	database      int
	flushTimeout  time.Duration
	maxBufferSize int
}

var defaultRedisOptions = redisOptions{flushTimeout: 3 * time.Millisecond, maxBufferSize: 1024}

type optionFunc func(*redisOptions)

// WithDataBase selects a database.
func WithDataBase(dataBase int) optionFunc {
	return func(o *redisOptions) { o.database = dataBase }
}

// WithBufferFlushTimeout sets how long the host collects commands before it sends them (3 ms).
func WithBufferFlushTimeout(timeout time.Duration) optionFunc {
	return func(o *redisOptions) { o.flushTimeout = timeout }
}

// WithMaxBufferSizeBeforeFlush sets how many bytes of commands the host collects before it sends them (1024).
func WithMaxBufferSizeBeforeFlush(size int) optionFunc {
	return func(o *redisOptions) { o.maxBufferSize = size }
}

// WithDisableBuffer lets the host send every command at once.
func WithDisableBuffer() optionFunc {
	return func(o *redisOptions) { o.flushTimeout, o.maxBufferSize = 0, 0 }
}

// What stands after the cluster's name in proxy_redis_init (higress.md 1.9).
func (o redisOptions) query() string {
	query := fmt.Sprintf("buffer_flush_timeout=%d&max_buffer_size_before_flush=%d", o.flushTimeout.Milliseconds(), o.maxBufferSize)
	if o.database != 0 {
		query = fmt.Sprintf("db=%d&", o.database) + query
	}
	return query
}
