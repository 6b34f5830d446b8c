package io.byteport.dsl.connection;

import io.byteport.dsl.source.Span;
import io.byteport.dsl.value.Value;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One thing that may be reached.
 *
 * @param kind what it is to runbooks, such as {@code database}
 * @param type how it is spoken to, such as {@code postgres}
 * @param at where its name stands
 * @param settings a text or a list of texts each, checked against what the type declares
 * @param written credentials that are no secrets and are written out, such as the name of a user
 * @param secrets all other credentials by name
 */
public record Connection(
    String kind,
    String type,
    String name,
    Span at,
    List<String> aliases,
    Map<String, Value> settings,
    Map<String, String> written,
    Map<String, SecretReference> secrets,
    Map<String, String> labels,
    Map<String, String> annotations) {

  public Connection {
    aliases = List.copyOf(aliases);
    settings = frozen(settings);
    written = frozen(written);
    secrets = frozen(secrets);
    labels = frozen(labels);
    annotations = frozen(annotations);
  }

  private static <T> Map<String, T> frozen(Map<String, T> map) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }
}
