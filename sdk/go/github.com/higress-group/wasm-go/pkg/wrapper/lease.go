package wrapper

import (
	"encoding/json"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/higress-group/proxy-wasm-go-sdk/proxywasm"
	"github.com/higress-group/proxy-wasm-go-sdk/proxywasm/types"
	"github.com/higress-group/wasm-go/pkg/log"
)

const (
	// VMLeaseKeyPrefix begins the key of the lease in the shared data of a VM id.
	VMLeaseKeyPrefix = "higress_wasm_vm_lease"
	// ConfigStoreLeaderKey names the leader of a configuration store.
	ConfigStoreLeaderKey = "config_store"

	leaseSeconds = 60
)

// Lease says which VM leads, since when (Unix time in seconds).
type Lease struct {
	VMID      string `json:"vmID"`
	Timestamp int64  `json:"timestamp"`
}

// A plugin context's part in the election.
type leaseHolder struct {
	vmID   string
	leader bool
}

// IsLeader is the outcome of the last DoLeaderElection.
func (ctx *pluginCtx) IsLeader() bool { return ctx.lease.leader }

// DoLeaderElection takes the lease when it is free, expired or already ours. It is not renewed by itself: call it
// again, usually from a tick.
func (ctx *pluginCtx) DoLeaderElection() {
	if ctx.lease.vmID == "" {
		ctx.lease.vmID = uuid.New().String()
	}
	key := VMLeaseKeyPrefix + ":" + ctx.fingerPrint
	data, cas, err := proxywasm.GetSharedData(key)
	if err != nil && !errors.Is(err, types.ErrorStatusNotFound) {
		log.Errorf("failed to get the lease %s: %v", key, err)
		ctx.lease.leader = false
		return
	}
	now := time.Now().Unix()
	if len(data) > 0 {
		var held Lease
		if json.Unmarshal(data, &held) == nil && held.VMID != ctx.lease.vmID && now-held.Timestamp <= leaseSeconds {
			ctx.lease.leader = false
			return
		}
	}
	ctx.lease.leader = ctx.writeLease(key, cas, now)
}

func (ctx *pluginCtx) writeLease(key string, cas uint32, now int64) bool {
	data, err := json.Marshal(Lease{VMID: ctx.lease.vmID, Timestamp: now})
	if err != nil {
		log.Errorf("failed to write the lease %s: %v", key, err)
		return false
	}
	if err := proxywasm.SetSharedData(key, data, cas); err != nil {
		log.Infof("the lease %s went to another VM: %v", key, err)
		return false
	}
	return true
}
