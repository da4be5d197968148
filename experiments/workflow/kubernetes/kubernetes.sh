#!/bin/sh
# Kubernetes for Snakemake's executor cluster-generic, see profile.yaml: jobs in pods of IMAGE, which see this folder on the
# volume claim CLAIM. Snakemake's own executor for Kubernetes has no common folder, and rows would go with the pod.
#
#   kubernetes.sh submit RULE CORES MEGABYTES MINUTES SCRIPT   prints the name of the job and nothing else
#   kubernetes.sh status JOB                                   prints running, success or failed
#   kubernetes.sh JOB ...                                      cancels them
set -eu

job() { # A pod that was lost with its node is replaced, one that failed is not. No two jobs are on one node.
    cat <<EOF
apiVersion: batch/v1
kind: Job
metadata:
  generateName: kmedoids-bench-$(echo "$1" | tr _ -)-
  labels: {app: kmedoids-bench}
spec:
  backoffLimit: 0
  podFailurePolicy:
    rules:
      - action: Ignore
        onPodConditions: [{type: DisruptionTarget}]
  template:
    metadata:
      labels: {app: kmedoids-bench}
    spec:
      restartPolicy: Never
      activeDeadlineSeconds: $(($4 * 60))
      affinity:
        podAntiAffinity:
          requiredDuringSchedulingIgnoredDuringExecution:
            - topologyKey: kubernetes.io/hostname
              labelSelector: {matchLabels: {app: kmedoids-bench}}
      containers:
        - name: job
          image: $IMAGE
          workingDir: "$PWD"
          command: [sh, "$5"]
          env:
            - {name: PATH, value: "$PATH"}
            - {name: KMEDOIDS_BENCH_RUN, value: "${KMEDOIDS_BENCH_RUN:-}"}
            - {name: PYTHONNOUSERSITE, value: "1"}
          resources:
            requests: {cpu: $2, memory: ${3}Mi}
            limits: {cpu: $2, memory: ${3}Mi}
          volumeMounts: [{name: folder, mountPath: "${MOUNT:-$PWD}"}]
      volumes:
        - name: folder
          persistentVolumeClaim: {claimName: $CLAIM}
EOF
}

case $1 in
submit)
    shift
    : "${IMAGE:?the image of the pods}" "${CLAIM:?the volume claim with this folder}"
    job "$@" | kubectl create -f - -o name
    ;;
status) # An API that does not answer says nothing about the job.
    conditions='{range .status.conditions[?(@.status=="True")]}{.type} {end}'
    if ! answer=$(kubectl get "$2" -o "jsonpath=$conditions" 2>&1); then
        case $answer in *NotFound*) echo failed ;; *) echo running ;; esac
        exit
    fi
    case $answer in *Failed*) echo failed ;; *Complete*) echo success ;; *) echo running ;; esac
    ;;
*) kubectl delete --wait=false "$@" ;;
esac
