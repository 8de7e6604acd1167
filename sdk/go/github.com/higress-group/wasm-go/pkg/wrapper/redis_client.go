package wrapper

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"sort"
	"strings"

	"github.com/google/uuid"
	"github.com/higress-group/proxy-wasm-go-sdk/proxywasm"
	"github.com/tidwall/resp"
)

// RedisResponseCallback receives the answer to a command; a failed connection is an error value.
type RedisResponseCallback func(response resp.Value)

// RedisClusterClient is the RedisClient of one cluster.
type RedisClusterClient[C Cluster] struct {
	cluster            C
	username, password string
	timeout            uint32
	options            redisOptions
	ready              bool
}

var _ RedisClient = (*RedisClusterClient[Cluster])(nil)

// NewRedisClusterClient makes a client for a cluster. Call Init before the first command.
func NewRedisClusterClient[C Cluster](cluster C) *RedisClusterClient[C] {
	return &RedisClusterClient[C]{cluster: cluster}
}

// Init tells the host how to connect. A host that refuses is asked again before the next command: Ready says so, the
// error is nil.
func (c *RedisClusterClient[C]) Init(username, password string, timeout int64, opts ...optionFunc) error {
	c.username, c.password, c.timeout = username, password, uint32(timeout)
	c.options = defaultRedisOptions
	for _, opt := range opts {
		opt(&c.options)
	}
	if err := c.connect(); err != nil {
		proxywasm.LogWarnf("failed to init redis: %v, will retry later", err)
	}
	return nil
}

// Ready says whether the host has accepted Init.
func (c *RedisClusterClient[C]) Ready() bool { return c.ready }

func (c *RedisClusterClient[C]) connect() error {
	err := proxywasm.RedisInit(c.cluster.ClusterName()+"?"+c.options.query(), c.username, c.password, c.timeout)
	c.ready = err == nil
	return err
}

// Command sends any command, its name as it stands.
func (c *RedisClusterClient[C]) Command(cmds []interface{}, callback RedisResponseCallback) error {
	return c.send(callback, cmds...)
}

// Eval runs a Lua script.
func (c *RedisClusterClient[C]) Eval(script string, numkeys int, keys, args []interface{}, callback RedisResponseCallback) error {
	parts := append([]interface{}{"eval", script, numkeys}, keys...)
	return c.send(callback, append(parts, args...)...)
}

func (c *RedisClusterClient[C]) send(callback RedisResponseCallback, parts ...interface{}) error {
	if !c.ready {
		if err := c.connect(); err != nil {
			return err
		}
	}
	query := respQuery(parts)
	return RedisCall(c.cluster, query, func(response resp.Value) {
		if c.signIn(query, response, callback) || callback == nil {
			return
		}
		callback(response)
	})
}

// A server that has forgotten who we are (it restarted) gets the password and the command once more.
func (c *RedisClusterClient[C]) signIn(query []byte, response resp.Value, callback RedisResponseCallback) bool {
	if response.Type() != resp.Error || !strings.Contains(response.String(), "NOAUTH Authentication required") {
		return false
	}
	if err := c.connect(); err != nil {
		proxywasm.LogWarnf("failed to init redis: %v, will retry later", err)
		return false
	}
	if callback == nil {
		callback = func(resp.Value) {}
	}
	return RedisCall(c.cluster, query, callback) == nil
}

// RedisCall sends a command that is already a RESP array of bulk strings.
func RedisCall(cluster Cluster, respQuery []byte, callback RedisResponseCallback) error {
	id, encoded := uuid.New().String(), base64.StdEncoding.EncodeToString(respQuery)
	_, err := proxywasm.DispatchRedisCall(cluster.ClusterName(), respQuery, func(status, responseSize int) {
		response, failure := redisResponse(status, responseSize)
		if failure != nil {
			proxywasm.LogCriticalf("redis call failed, request-id: %s, respQuery: %s, err: %v", id, encoded, failure)
			response = resp.ErrorValue(failure)
		} else {
			proxywasm.LogDebugf("redis call end, request-id: %s, respQuery: %s, respValue: %s", id, encoded, response)
		}
		if callback != nil {
			callback(response)
		}
	})
	if err != nil {
		proxywasm.LogCriticalf("redis call failed, request-id: %s, respQuery: %s, err: %v", id, encoded, err)
		return err
	}
	proxywasm.LogDebugf("redis call start, request-id: %s, respQuery: %s", id, encoded)
	return nil
}

func redisResponse(status, size int) (resp.Value, error) {
	if status != 0 {
		return resp.Value{}, errors.New("cannot connect to redis cluster")
	}
	data, err := proxywasm.GetRedisCallResponse(0, size)
	if err != nil {
		return resp.Value{}, fmt.Errorf("cannot read the redis response: %w", err)
	}
	value, _, err := resp.NewReader(bytes.NewReader(data)).ReadValue()
	if err != nil {
		return resp.Value{}, fmt.Errorf("cannot parse the redis response: %w", err)
	}
	return value, nil
}

// A command as RESP: every part as fmt prints it.
func respQuery(parts []interface{}) []byte {
	values := make([]resp.Value, 0, len(parts))
	for _, part := range parts {
		values = append(values, resp.StringValue(fmt.Sprint(part)))
	}
	encoded, err := resp.ArrayValue(values).MarshalRESP()
	if err != nil {
		panic(err) // strings can always be encoded
	}
	return encoded
}

func texts(list []string) []interface{} {
	parts := make([]interface{}, 0, len(list))
	for _, text := range list {
		parts = append(parts, text)
	}
	return parts
}

// Names and values in turn, in the order of the names, so that the same map is always the same command.
func pairs(named map[string]interface{}) []interface{} {
	parts := make([]interface{}, 0, 2*len(named))
	for _, name := range sortedNames(named) {
		parts = append(parts, name, named[name])
	}
	return parts
}

// Scores and members in turn, as ZADD wants them.
func scores(members map[string]interface{}) []interface{} {
	parts := make([]interface{}, 0, 2*len(members))
	for _, member := range sortedNames(members) {
		parts = append(parts, members[member], member)
	}
	return parts
}

func sortedNames(named map[string]interface{}) []string {
	names := make([]string, 0, len(named))
	for name := range named {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}
