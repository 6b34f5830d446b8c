package io.byteport.adapter.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.value.Value;
import io.byteport.engine.source.Alert;
import io.byteport.engine.source.Delivered;
import io.byteport.engine.source.Received;
import io.byteport.engine.source.Received.Refusal;
import io.byteport.engine.source.Source;
import io.byteport.engine.source.SourceException;
import io.byteport.engine.source.SourceType;
import io.byteport.engine.spi.Inventory;
import io.byteport.engine.spi.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Entries, deliveries and signatures as tests need them. */
public final class Given {
  public static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  public static final String SECRET = "s3cr3t-7f1c09";

  private Given() {}

  /** An entry with texts, lists, numbers or flags as settings. */
  public static Inventory.Entry entry(
      String type, Map<String, ?> settings, Map<String, String> credentials) {
    Map<String, Value> values = new LinkedHashMap<>();
    settings.forEach((name, value) -> values.put(name, value(value)));
    Map<String, Secret> secrets = new LinkedHashMap<>();
    credentials.forEach(
        (name, value) -> secrets.put(name, new Secret("the test", () -> value, known -> {})));
    return new Inventory.Entry(
        "source", type, "mine", List.of(), values, secrets, Map.of(), Map.of());
  }

  private static Value value(Object value) {
    return switch (value) {
      case Value already -> already;
      case Boolean flag -> Value.of(flag);
      case Number number -> Value.of(number.doubleValue());
      case List<?> list -> Value.of(list.stream().map(Given::value).toList());
      default -> Value.of(value.toString());
    };
  }

  /** An entry of the inventory with that kind as its type, called {@code prod}. */
  public static Inventory.Entry connection(
      String kind, Map<String, ?> settings, Map<String, String> credentials) {
    Inventory.Entry like = entry(kind, settings, credentials);
    return new Inventory.Entry(
        kind, kind, "prod", List.of(), like.settings(), like.credentials(), Map.of(), Map.of());
  }

  /** A source that has the connection {@code prod}. */
  public static Source open(
      SourceType type,
      Map<String, ?> settings,
      Map<String, String> credentials,
      Inventory.Entry connection) {
    Map<String, Object> all = new LinkedHashMap<>(settings);
    all.put("connection", "prod");
    return type.open(entry(type.name(), all, credentials), surroundings(connection));
  }

  public static SourceType.Surroundings surroundings(Inventory.Entry... connections) {
    return new SourceType.Surroundings(
        () -> NOW, new Inventory(List.of(connections)), body -> List.of());
  }

  public static Source open(
      SourceType type, Map<String, ?> settings, Map<String, String> credentials) {
    return type.open(entry(type.name(), settings, credentials), surroundings());
  }

  /** A request with headers in turns: name, value. */
  public static Delivered delivered(String body, String... headers) {
    Map<String, List<String>> named = new LinkedHashMap<>();
    for (int i = 0; i < headers.length; i += 2) {
      named.put(headers[i].toLowerCase(java.util.Locale.ROOT), List.of(headers[i + 1]));
    }
    return new Delivered(named, body.getBytes(StandardCharsets.UTF_8), NOW);
  }

  public static Received receive(Source source, Delivered delivered)
      throws SourceException, InterruptedException {
    return source.receiver().orElseThrow().receive(delivered);
  }

  /** What a delivery is read as; fails where it is refused. */
  public static List<Alert> accepted(Source source, Delivered delivered)
      throws SourceException, InterruptedException {
    Received received = receive(source, delivered);
    assertThat(received).isInstanceOf(Received.Accepted.class);
    return ((Received.Accepted) received).alerts();
  }

  /** Why a delivery is refused; fails where it is not. */
  public static Refusal refused(Source source, Delivered delivered)
      throws SourceException, InterruptedException {
    Received received = receive(source, delivered);
    assertThat(received).isInstanceOf(Received.Refused.class);
    assertThat(((Received.Refused) received).reason()).doesNotContain(SECRET);
    return ((Received.Refused) received).refusal();
  }

  public static List<Alert> polled(Source source) throws SourceException, InterruptedException {
    return source.poller().orElseThrow().poll(null).alerts();
  }

  /** HMAC-SHA256 in hexadecimal digits. */
  public static String hmac(String secret, String text) {
    return HexFormat.of().formatHex(hmac(secret.getBytes(StandardCharsets.UTF_8), text));
  }

  public static byte[] hmac(byte[] secret, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
