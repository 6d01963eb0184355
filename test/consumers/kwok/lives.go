// Lets pods live by Stages as KWOK's controller of pods does, with KWOK's own packages: what matches, how
// long it waits, and what its templates make of the pod. Stages of KWOK's own stand beside them.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/apimachinery/pkg/util/strategicpatch"
	"sigs.k8s.io/kwok/kustomize/stage/pod/fast"
	"sigs.k8s.io/kwok/pkg/apis/internalversion"
	"sigs.k8s.io/kwok/pkg/config"
	"sigs.k8s.io/kwok/pkg/utils/gotpl"
	"sigs.k8s.io/kwok/pkg/utils/lifecycle"
)

type system struct {
	Stages string
	Pods   []corev1.Pod
}

type played struct {
	Stage   string
	AfterMs int64
	Pod     *corev1.Pod
}

const mostStages = 1000

var ctx = context.Background()

var renderer = gotpl.NewRenderer(gotpl.FuncMap{
	"NodeIPWith":  func(string) string { return "192.168.0.2" },
	"NodeIPsWith": func(string) []string { return []string{"192.168.0.2"} },
	"PodIPWith":   func(string, bool, string, string, string) (string, error) { return "10.88.0.1", nil },
	"PodIPsWith":  func(string, bool, string, string, string) ([]string, error) { return []string{"10.88.0.1"}, nil },
})

func main() {
	input, err := io.ReadAll(os.Stdin)
	must(err)
	var systems []system
	must(json.Unmarshal(input, &systems))
	lives := make([][][]played, 0, len(systems))
	for _, one := range systems {
		loaded, err := config.Load(ctx, one.Stages)
		must(err)
		stages := config.FilterWithType[*internalversion.Stage](loaded)
		for _, text := range []string{fast.DefaultPodReady, fast.DefaultPodComplete, fast.DefaultPodDelete} {
			stage, err := config.UnmarshalWithType[*internalversion.Stage](text)
			must(err)
			stages = append(stages, stage)
		}
		all, err := lifecycle.NewLifecycle(stages)
		must(err)
		told := make([][]played, 0, len(one.Pods))
		for nth := range one.Pods {
			told = append(told, live(all, &one.Pods[nth]))
		}
		lives = append(lives, told)
	}
	must(json.NewEncoder(os.Stdout).Encode(lives))
}

// live goes on until nothing changes any more, and the pod has been deleted if it rests with no end.
func live(all lifecycle.Lifecycle, pod *corev1.Pod) []played {
	told := []played{}
	for len(told) < mostStages {
		event := &lifecycle.Event{Labels: pod.Labels, Annotations: pod.Annotations, Data: pod}
		stage, err := all.Match(ctx, event)
		must(err)
		if stage == nil {
			return told
		}
		delay, _, err := stage.Delay(ctx, event, time.Now())
		must(err)
		next, isGone := play(stage, pod)
		if isGone {
			return append(told, played{stage.Name(), delay.Milliseconds(), nil})
		}
		if next != nil {
			pod = next
			told = append(told, played{stage.Name(), delay.Milliseconds(), pod})
			continue
		}
		if pod.DeletionTimestamp != nil || isOver(pod) {
			return told
		}
		pod = pod.DeepCopy()
		now := metav1.Now()
		pod.DeletionTimestamp = &now
		pod.Generation++
	}
	panic("a life without an end")
}

// Of a pod that has a life to its end nobody asks what comes of its deletion.
func isOver(pod *corev1.Pod) bool {
	return pod.Annotations["ends"] == "undeleted"
}

// play returns the pod that the stage makes; nil when nothing of it changes.
func play(stage *lifecycle.Stage, pod *corev1.Pod) (next *corev1.Pod, isGone bool) {
	_, err := stage.DoSteps(0, pod.Finalizers, pod, renderer,
		func(*internalversion.StageEvent) error { return nil },
		func() error { isGone = true; return nil },
		func(patch *lifecycle.Patch) error {
			if patch.Type != types.StrategicMergePatchType || patch.Subresource != "status" {
				return fmt.Errorf("a %s of %q", patch.Type, patch.Subresource)
			}
			original, err := json.Marshal(pod)
			if err != nil {
				return err
			}
			merged, err := strategicpatch.StrategicMergePatch(original, patch.Data, corev1.Pod{})
			if err != nil {
				return err
			}
			next = &corev1.Pod{}
			return json.Unmarshal(merged, next)
		},
		func(*lifecycle.Apply) error { return fmt.Errorf("an apply") },
	)
	must(err)
	return next, isGone
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}
