package io.byteport.adapter.kubernetes.mapping;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a Secret holds, in a form that can be kept and put back. Prints without its values. Pure.
 *
 * @param type of the Secret, such as kubernetes.io/tls
 * @param data by key, as the API has it: in base64
 */
public record SecretContent(
    String namespace,
    String name,
    String type,
    Map<String, String> labels,
    Map<String, String> data) {
  private static final KubernetesSerialization JSON = new KubernetesSerialization();

  public SecretContent {
    labels = Collections.unmodifiableMap(new TreeMap<>(labels));
    data = Collections.unmodifiableMap(new TreeMap<>(data));
  }

  public static SecretContent of(Secret secret) {
    return new SecretContent(
        secret.getMetadata().getNamespace(),
        secret.getMetadata().getName(),
        secret.getType() == null ? "Opaque" : secret.getType(),
        PodMapper.labels(secret),
        secret.getData() == null ? Map.of() : secret.getData());
  }

  /**
   * Reads what {@link #json} wrote.
   *
   * @throws IllegalArgumentException if the text is nothing of the kind; says nothing of the text
   */
  public static SecretContent read(String text) {
    Secret secret;
    try {
      secret = JSON.unmarshal(text, Secret.class);
    } catch (RuntimeException unreadable) {
      throw new IllegalArgumentException("it is no Secret");
    }
    if (secret == null
        || !"Secret".equals(secret.getKind())
        || secret.getMetadata() == null
        || secret.getMetadata().getNamespace() == null
        || secret.getMetadata().getName() == null) {
      throw new IllegalArgumentException("it is no Secret");
    }
    return of(secret);
  }

  /** As {@code kubectl replace -f} takes it. */
  public String json() {
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("name", name);
    metadata.put("namespace", namespace);
    metadata.put("labels", labels);
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("apiVersion", "v1");
    content.put("kind", "Secret");
    content.put("metadata", metadata);
    content.put("type", type);
    content.put("data", data);
    return JSON.asJson(content) + "\n";
  }

  /** Names the values: equal for equal ones, and no way back to them. */
  public String hash() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      feed(digest, namespace);
      feed(digest, name);
      data.forEach(
          (key, value) -> {
            feed(digest, key);
            feed(digest, value);
          });
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static void feed(MessageDigest digest, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
    digest.update(bytes);
  }

  /** A text of somebody else's, without any value of this Secret's that it may repeat. */
  public String without(String text) {
    String clean = text;
    for (String value : data.values()) {
      if (!value.isEmpty()) {
        clean = clean.replace(value, "…");
        clean = clean.replace(decoded(value), "…");
      }
    }
    return clean;
  }

  private static String decoded(String value) {
    try {
      return new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notBase64) {
      return value;
    }
  }

  @Override
  public String toString() {
    return "Secret " + namespace + "/" + name;
  }
}
