package io.byteport.adapter.kubernetes.mapping;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Pod templates, compared by what they make: the hash label that a controller adds counts for
 * nothing.
 */
public final class Templates {
  static final String HASH = "pod-template-hash";
  private static final String RESTARTED = "kubectl.kubernetes.io/restartedAt";
  private static final KubernetesSerialization JSON = new KubernetesSerialization();

  private Templates() {}

  /** A copy without the hash label, as a Deployment has it. */
  public static PodTemplateSpec plain(PodTemplateSpec template) {
    PodTemplateSpec copy = JSON.clone(template);
    ObjectMeta metadata = copy.getMetadata();
    if (metadata != null && metadata.getLabels() != null) {
      Map<String, String> labels = new LinkedHashMap<>(metadata.getLabels());
      labels.remove(HASH);
      metadata.setLabels(labels);
    }
    return copy;
  }

  /** Names a template's content: equal for equal templates, whatever the order of their fields. */
  public static String fingerprint(PodTemplateSpec template) {
    return digest(canonical(JSON.convertValue(plain(template), Map.class)));
  }

  /**
   * Whether going from one to the other would change the pods; that they were restarted in between
   * does not count.
   */
  static boolean same(PodTemplateSpec first, PodTemplateSpec second) {
    return fingerprint(withoutRestart(first)).equals(fingerprint(withoutRestart(second)));
  }

  private static PodTemplateSpec withoutRestart(PodTemplateSpec template) {
    PodTemplateSpec copy = plain(template);
    ObjectMeta metadata = copy.getMetadata();
    if (metadata != null && metadata.getAnnotations() != null) {
      Map<String, String> annotations = new LinkedHashMap<>(metadata.getAnnotations());
      annotations.remove(RESTARTED);
      metadata.setAnnotations(annotations);
    }
    return copy;
  }

  /** The template in the data of a ControllerRevision; null where there is none. */
  static @Nullable PodTemplateSpec inRevision(@Nullable Object data) {
    if (data == null) {
      return null;
    }
    Map<?, ?> content = JSON.convertValue(data, Map.class);
    if (content.get("spec") instanceof Map<?, ?> spec
        && spec.get("template") instanceof Map<?, ?> found) {
      Map<Object, Object> template = new LinkedHashMap<>(found);
      template.remove("$patch");
      return JSON.convertValue(template, PodTemplateSpec.class);
    }
    return null;
  }

  /** The template as maps and lists, to be sent. */
  public static Map<?, ?> json(PodTemplateSpec template) {
    return JSON.convertValue(plain(template), Map.class);
  }

  private static String canonical(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      TreeMap<String, String> fields = new TreeMap<>();
      map.forEach(
          (key, field) -> {
            if (!isEmpty(field)) {
              fields.put(String.valueOf(key), canonical(field));
            }
          });
      return fields.toString();
    }
    if (value instanceof List<?> list) {
      return list.stream().map(Templates::canonical).toList().toString();
    }
    String text = String.valueOf(value);
    return value instanceof String ? text.length() + ":" + text : text;
  }

  private static boolean isEmpty(@Nullable Object value) {
    return value == null
        || (value instanceof Map<?, ?> map && map.isEmpty())
        || (value instanceof List<?> list && list.isEmpty());
  }

  private static String digest(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 16);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
