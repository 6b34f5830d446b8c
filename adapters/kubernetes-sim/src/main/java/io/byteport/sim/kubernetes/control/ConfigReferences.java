package io.byteport.sim.kubernetes.control;

import static io.byteport.sim.kubernetes.store.ResourceCatalogue.CONFIG_MAPS;
import static io.byteport.sim.kubernetes.store.ResourceCatalogue.SECRETS;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.byteport.sim.kubernetes.store.Json;
import io.byteport.sim.kubernetes.store.ObjectStore;
import io.byteport.sim.kubernetes.store.ResourceType;
import java.util.Optional;

/**
 * Whether the ConfigMaps and Secrets that a pod refers to exist; answers in the kubelet's words.
 */
final class ConfigReferences {
  private final ObjectStore store;

  ConfigReferences(ObjectStore store) {
    this.store = store;
  }

  /** What a container's environment lacks. */
  Optional<String> missing(String namespace, JsonNode container) {
    for (JsonNode from : container.path("envFrom")) {
      Optional<String> lack =
          lack(namespace, SECRETS, from.path("secretRef"))
              .or(() -> lack(namespace, CONFIG_MAPS, from.path("configMapRef")));
      if (lack.isPresent()) {
        return lack;
      }
    }
    for (JsonNode variable : container.path("env")) {
      JsonNode from = variable.path("valueFrom");
      Optional<String> lack =
          lack(namespace, SECRETS, from.path("secretKeyRef"))
              .or(() -> lack(namespace, CONFIG_MAPS, from.path("configMapKeyRef")));
      if (lack.isPresent()) {
        return lack;
      }
    }
    return Optional.empty();
  }

  /** What a pod's volumes lack. */
  Optional<String> missingVolume(ObjectNode pod) {
    String namespace = Json.text(pod, "metadata", "namespace");
    for (JsonNode volume : Json.at(pod, "spec", "volumes")) {
      ObjectNode secret =
          Json.object(
              "name",
              Json.text(volume, "secret", "secretName"),
              "optional",
              Json.flag(volume, "secret", "optional"));
      Optional<String> lack =
          (volume.has("secret") ? lack(namespace, SECRETS, secret) : Optional.<String>empty())
              .or(() -> lack(namespace, CONFIG_MAPS, volume.path("configMap")));
      if (lack.isPresent()) {
        return Optional.of(
            "MountVolume.SetUp failed for volume \"%s\" : %s"
                .formatted(Json.text(volume, "name"), lack.get()));
      }
    }
    return Optional.empty();
  }

  private Optional<String> lack(String namespace, ResourceType type, JsonNode reference) {
    String name = Json.text(reference, "name");
    if (name.isEmpty() || Json.flag(reference, "optional")) {
      return Optional.empty();
    }
    Optional<ObjectNode> found = store.get(type, namespace, name);
    if (found.isEmpty()) {
      return Optional.of(
          "%s \"%s\" not found".formatted(type.kind().toLowerCase(java.util.Locale.ROOT), name));
    }
    String key = Json.text(reference, "key");
    boolean has =
        key.isEmpty()
            || found.get().path("data").has(key)
            || found.get().path("stringData").has(key)
            || found.get().path("binaryData").has(key);
    return has
        ? Optional.empty()
        : Optional.of(
            "couldn't find key %s in %s %s/%s".formatted(key, type.kind(), namespace, name));
  }
}
