package io.byteport.adapter.kubernetes;

/** A cluster with one of everything that can be read. */
final class Shop {
  static final String YAML =
      """
      nodes: [ { name: worker-1, memory: 8Gi }, { name: worker-2, unschedulable: true } ]
      workloads:
        - name: api
          namespace: production
          image: "api:2"
          replicas: 2
          memoryLimit: 512Mi
          memoryUsed: 256Mi
          labels: { byteport.io/db-application: shop, tier: web }
          changeCause: "release 2 https://git.example.com/shop/commit/4f2a9c1d77"
          history: [ { image: "api:1", changeCause: release 1, age: 48h } ]
          env:
            - { name: POOL_SIZE, value: "20" }
            - { name: DB_PASSWORD, secret: db, key: password }
            - { name: HIKARI_TOKEN, value: "not to be seen" }
            - { name: POOL_MODE, configMap: settings, key: mode }
          envFrom: [ { configMap: settings }, { secret: db } ]
        - { kind: StatefulSet, name: db, namespace: production, image: "db:1", memoryUsed: 1Gi }
        - { name: other, namespace: staging, image: "o:1", labels: { tier: web } }
      services:
        - { name: api, namespace: production, workload: api, port: 80 }
        - { name: db, namespace: production, workload: db, port: 5432 }
      disruptionBudgets:
        - { name: api, namespace: production, workload: api, minAvailable: 1 }
        - { name: elsewhere, namespace: staging, workload: nothing, minAvailable: 1 }
      customResources:
        - { group: cert-manager.io, version: v1, kind: Certificate, plural: certificates }
        - { group: example.com, version: v1beta2, kind: Widget, plural: widgets }
      objects:
        - apiVersion: v1
          kind: ConfigMap
          metadata: { name: settings, namespace: production }
          data: { mode: transaction, POOL_TIMEOUT: 30s, unrelated: "1" }
        - apiVersion: v1
          kind: Secret
          metadata:
            name: db
            namespace: production
            annotations: { kubectl.kubernetes.io/last-applied-configuration: '{"data":"aHVudGVyMg=="}' }
          data: { password: aHVudGVyMg== }
        - apiVersion: autoscaling/v2
          kind: HorizontalPodAutoscaler
          metadata: { name: api-hpa, namespace: production }
          spec:
            scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: api }
            minReplicas: 2
            maxReplicas: 6
        - apiVersion: cert-manager.io/v1
          kind: Certificate
          metadata: { name: shop, namespace: production }
          spec: { secretName: shop-tls, dnsNames: [shop.example.com, "*.shop.example.com"] }
          status:
            notAfter: 2026-03-01T00:00:00Z
            revision: 3
            conditions: [ { type: Ready, status: "True", reason: Ready } ]
        - apiVersion: example.com/v1beta2
          kind: Widget
          metadata: { name: first, namespace: production, labels: { a: b } }
          spec: { size: 3, parts: [ { name: left }, { name: right } ], odd.key/x: "y" }
          status: { phase: Happy, conditions: [ { type: Healthy, status: "False", message: no } ] }
        - apiVersion: v1
          kind: PersistentVolumeClaim
          metadata: { name: data, namespace: production }
          spec: { volumeName: pv-1, storageClassName: fast, resources: { requests: { storage: 10Gi } } }
          status: { phase: Bound, capacity: { storage: 12Gi } }
        - apiVersion: v1
          kind: PersistentVolume
          metadata: { name: pv-1 }
          spec: { csi: { driver: ebs.csi.aws.com, volumeHandle: vol-0abc } }
      """;

  private Shop() {}
}
