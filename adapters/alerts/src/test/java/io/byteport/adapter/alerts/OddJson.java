package io.byteport.adapter.alerts;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import tools.jackson.databind.json.JsonMapper;

/**
 * Bodies that are JSON and seldom what a source sends: what it does send with parts replaced, and
 * trees of the names that it uses.
 */
public final class OddJson {
  private static final JsonMapper MAPPER = new JsonMapper();

  private OddJson() {}

  /** JSON over some names, and sound bodies with some of their values replaced. */
  public static Arbitrary<String> of(List<String> names, String... sound) {
    Arbitrary<Object> leaf =
        Arbitraries.oneOf(
            Arbitraries.strings().ofMaxLength(12).map(text -> (Object) text),
            Arbitraries.of("firing", "2026-11-22T11:00:00Z", "1e999999999", "-1", "0001-01-01")
                .map(text -> (Object) text),
            Arbitraries.integers().map(number -> (Object) number),
            Arbitraries.doubles().map(number -> (Object) number),
            Arbitraries.of(true, false).map(flag -> (Object) flag),
            Arbitraries.just(List.of()),
            Arbitraries.just(Map.of()));
    Arbitrary<Object> tree = leaf;
    for (int depth = 0; depth < 4; depth++) {
      Arbitrary<Object> inner = tree;
      tree =
          Arbitraries.oneOf(
              leaf,
              Arbitraries.maps(Arbitraries.of(names), inner).ofMaxSize(6).map(map -> (Object) map),
              inner.list().ofMaxSize(3).map(list -> (Object) list));
    }
    Arbitrary<Object> trees = tree;
    List<Arbitrary<? extends String>> all = new ArrayList<>();
    all.add(trees.map(MAPPER::writeValueAsString));
    for (String body : sound) {
      all.add(
          Arbitraries.integers()
              .between(0, body.length())
              .map(at -> body.substring(0, at) + body.substring(Math.min(body.length(), at + 1))));
      all.add(
          Arbitraries.of(names)
              .flatMap(
                  name ->
                      trees.map(
                          value ->
                              body.replaceFirst(
                                  "\"" + name + "\"\\s*:\\s*(\"[^\"]*\"|[0-9.]+|true|false)",
                                  java.util.regex.Matcher.quoteReplacement(
                                      "\"" + name + "\":" + MAPPER.writeValueAsString(value))))));
    }
    return Arbitraries.oneOf(all);
  }
}
