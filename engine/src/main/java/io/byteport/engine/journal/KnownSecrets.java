package io.byteport.engine.journal;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The values of secrets that this process has read, so that a {@link Redactor} takes them out of
 * whatever is written from then on: as they are, encoded for addresses and in Base64, and line by
 * line where a value has several. Kept in memory only. Safe for several threads.
 */
public final class KnownSecrets {
  /** Those shorter than this are not looked for: they would take ordinary words with them. */
  static final int SHORTEST = 6;

  /** Lines of a key are long; shorter ones are words such as {@code data:}. */
  private static final int SHORTEST_LINE = 16;

  /** Secrets that are replaced every hour would otherwise add up for as long as the agent runs. */
  private static final int MOST = 1_000;

  private final Set<String> values = new LinkedHashSet<>();
  private volatile List<String> texts = List.of();

  /** Makes a value known. */
  public void add(String secret) {
    if (secret.strip().length() < SHORTEST) {
      return;
    }
    synchronized (values) {
      if (values.contains(secret)) {
        return;
      }
      if (values.size() == MOST) {
        values.remove(values.iterator().next());
      }
      values.add(secret);
      Set<String> all = new LinkedHashSet<>();
      values.forEach(value -> all.addAll(forms(value)));
      List<String> sorted = new ArrayList<>(all);
      sorted.sort(Comparator.comparingInt(String::length).reversed());
      texts = List.copyOf(sorted);
    }
  }

  /** What is to be taken out of texts, longest first. */
  List<String> texts() {
    return texts;
  }

  private static Set<String> forms(String secret) {
    Set<String> forms = new LinkedHashSet<>();
    for (String form : List.of(secret, secret.strip())) {
      byte[] bytes = form.getBytes(StandardCharsets.UTF_8);
      forms.add(form);
      forms.add(Base64.getEncoder().withoutPadding().encodeToString(bytes));
      forms.add(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
      String encoded = URLEncoder.encode(form, StandardCharsets.UTF_8);
      forms.add(encoded);
      forms.add(encoded.replace("+", "%20"));
    }
    secret.lines().map(String::strip).filter(KnownSecrets::tells).forEach(forms::add);
    return forms;
  }

  /** Whether a line of a secret is part of it, and no more than a heading of its format. */
  private static boolean tells(String line) {
    return line.length() >= SHORTEST_LINE && !line.startsWith("-----");
  }
}
