// Schedules the pods of test/bench/scheduler-workload.ts with the real kube-scheduler, one cycle
// after the other: SchedulePod and AssumePod, without API server, queue and binding. Arguments:
// nodes, pods, workload. Prints pods per second of processor time, and how many had a node.
package main

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"syscall"

	v1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes/fake"
	"k8s.io/client-go/tools/events"
	"k8s.io/klog/v2"
	"k8s.io/kubernetes/pkg/scheduler"
	"k8s.io/kubernetes/pkg/scheduler/framework"
	"k8s.io/kubernetes/pkg/scheduler/profile"
)

func main() {
	nodes, _ := strconv.Atoi(os.Args[1])
	pods, _ := strconv.Atoi(os.Args[2])
	workload := os.Args[3]
	ctx, cancel := context.WithCancel(klog.NewContext(context.Background(), klog.Logger{}))
	defer cancel()
	client := fake.NewClientset()
	factory := informers.NewSharedInformerFactory(client, 0)
	broadcaster := events.NewBroadcaster(&events.EventSinkImpl{Interface: client.EventsV1()})
	recorder := profile.NewRecorderFactory(broadcaster)
	sched, err := scheduler.New(ctx, client, factory, nil, recorder)
	if err != nil {
		panic(err)
	}
	factory.Start(ctx.Done())
	factory.WaitForCacheSync(ctx.Done())
	logger := klog.FromContext(ctx)
	for nth := 0; nth < nodes; nth++ {
		sched.Cache.AddNode(logger, nodeOf(nth))
	}
	apps := max(10, 4*pods/nodes)
	waiting := make([]*v1.Pod, pods)
	for nth := range waiting {
		waiting[nth] = podOf(workload, nth, apps)
	}
	scheduled := 0
	start := processorSeconds()
	for _, pod := range waiting {
		result, err := sched.SchedulePod(ctx, sched.Profiles["default-scheduler"], framework.NewCycleState(), pod)
		if err != nil {
			continue
		}
		assumed := pod.DeepCopy()
		assumed.Spec.NodeName = result.SuggestedHost
		if err := sched.Cache.AssumePod(logger, assumed); err != nil {
			panic(err)
		}
		scheduled++
	}
	fmt.Printf("{\"podsPerSecond\": %f, \"scheduled\": %d}\n", float64(scheduled)/(processorSeconds()-start), scheduled)
}

func processorSeconds() float64 {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		panic(err)
	}
	return float64(usage.Utime.Sec) + float64(usage.Utime.Usec)/1e6
}

func nodeOf(nth int) *v1.Node {
	name := fmt.Sprintf("node-%d", nth)
	capacity := v1.ResourceList{
		"cpu":    resource.MustParse("32"),
		"memory": resource.MustParse("128Gi"),
		"pods":   resource.MustParse("110"),
	}
	return &v1.Node{
		ObjectMeta: metav1.ObjectMeta{Name: name, Labels: map[string]string{
			"kubernetes.io/hostname":      name,
			"topology.kubernetes.io/zone": fmt.Sprintf("zone-%d", nth%3),
		}},
		Status: v1.NodeStatus{Capacity: capacity, Allocatable: capacity},
	}
}

func podOf(workload string, nth, apps int) *v1.Pod {
	name, app := fmt.Sprintf("pod-%d", nth), fmt.Sprintf("app-%d", nth%apps)
	labels := map[string]string{"app": app}
	selector := &metav1.LabelSelector{MatchLabels: labels}
	pod := &v1.Pod{
		ObjectMeta: metav1.ObjectMeta{Name: name, Namespace: "default", UID: types.UID(name), Labels: labels},
		Spec: v1.PodSpec{
			SchedulerName: "default-scheduler",
			Containers: []v1.Container{{
				Name: "app", Image: "registry.example/app:1",
				Resources: v1.ResourceRequirements{Requests: v1.ResourceList{
					"cpu": resource.MustParse("100m"), "memory": resource.MustParse("128Mi"),
				}},
			}},
		},
	}
	switch workload {
	case "anti-affinity":
		pod.Spec.Affinity = &v1.Affinity{PodAntiAffinity: &v1.PodAntiAffinity{
			RequiredDuringSchedulingIgnoredDuringExecution: []v1.PodAffinityTerm{
				{TopologyKey: "kubernetes.io/hostname", LabelSelector: selector},
			},
		}}
	case "topology-spread":
		pod.Spec.TopologySpreadConstraints = []v1.TopologySpreadConstraint{
			{MaxSkew: 1, TopologyKey: "topology.kubernetes.io/zone", WhenUnsatisfiable: v1.DoNotSchedule, LabelSelector: selector},
			{MaxSkew: 1, TopologyKey: "kubernetes.io/hostname", WhenUnsatisfiable: v1.ScheduleAnyway, LabelSelector: selector},
		}
	}
	return pod
}
