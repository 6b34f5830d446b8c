package io.byteport.dsl.action;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.byteport.dsl.type.Type;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One way to speak to something outside, such as {@code postgres}: how its entries are configured,
 * be they connections, sources or channels. Immutable.
 *
 * @param name what stands after {@code type} in an entry
 * @param kind what such an entry is to runbooks, such as {@code database} or {@code chat}; the name
 *     of the type where runbooks do not select it; {@code source} for sources
 * @param settings by name, in the order in which they are documented
 * @param credentials by name, in the order in which they are documented
 * @param fixed settings that every entry of the type has, by name; they are not written
 * @param hearing how a source is heard; null for what is no source, and where it is not declared
 */
public record ConnectionType(
    String name,
    String kind,
    @Nullable String doc,
    Map<String, Setting> settings,
    Map<String, Credential> credentials,
    Map<String, String> fixed,
    @Nullable Hearing hearing) {

  public ConnectionType {
    settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    credentials = Collections.unmodifiableMap(new LinkedHashMap<>(credentials));
    fixed = Collections.unmodifiableMap(new LinkedHashMap<>(fixed));
  }

  /**
   * @param type a scalar of text, a number or a quantity, an enum, or a list of such
   * @param form how its text must look beyond its type; null where the type says it
   * @param refersTo the type or kind of the entry that it names; null where it names none
   */
  public record Setting(
      String name,
      Type type,
      boolean required,
      @Nullable String doc,
      @Nullable Form form,
      @Nullable String refersTo) {}

  /**
   * @param required whether an entry must give it
   * @param plain whether it may be written out, as a user's name may; else it is a reference to a
   *     secret
   */
  public record Credential(String name, boolean required, boolean plain, @Nullable String doc) {}

  /**
   * How signals get from a source to here.
   *
   * @param calls whether it can send requests to a path of the agent's
   * @param proofs credentials of which each proves that a request is its own; empty where it needs
   *     none for that, or can prove nothing
   * @param callNeeded settings and credentials without which no request of its is heard
   * @param polled whether it can be asked
   * @param needed settings and credentials without which it is not asked
   */
  public record Hearing(
      boolean calls,
      List<String> proofs,
      List<String> callNeeded,
      boolean polled,
      List<String> needed) {
    public Hearing {
      proofs = List.copyOf(proofs);
      callNeeded = List.copyOf(callNeeded);
      needed = List.copyOf(needed);
    }
  }

  /**
   * A pattern with a text that fits it. What its named groups match are settings of their own, such
   * as the name of a database in an address.
   */
  public record Form(Pattern pattern, String example) {

    public boolean fits(String text) {
      return pattern.matches(text);
    }

    /** What the named groups match; empty where the text does not fit. */
    public Map<String, String> parts(String text) {
      Matcher matcher = pattern.matcher(text);
      if (!matcher.matches()) {
        return Map.of();
      }
      Map<String, String> parts = new LinkedHashMap<>();
      pattern
          .namedGroups()
          .forEach(
              (name, group) -> {
                String part = matcher.group(group);
                if (part != null && !part.isEmpty()) {
                  parts.put(name, part);
                }
              });
      return parts;
    }
  }
}
